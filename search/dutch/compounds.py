"""Dutch writes compounds as one word. They are taken apart with the words of the index itself.

The shortest way through the word wins: fewest parts, and a link between parts (zorg·training·s·centrum)
costs a little. So wijkleerbedrijf is found by leerbedrijf, and zorgtrainingcentrum is zorgtrainingscentrum.
"""

SHORTEST_PART = 4
SHORTEST_COMPOUND = 8
LONGEST_COMPOUND = 40
LINKS = ("", "s", "en", "e", "n", "er")
LINK_COST = 0.3
# A long word is hardly ever a part by accident; a short one must be in use to count.
LONG_ENOUGH = 6
OFTEN_ENOUGH = 2

# Words of care and education that are parts even where the index has no document with them alone.
SEED = frozenset(
    """
    zorg wijk leer werk buurt thuis jeugd ouderen welzijn onderwijs praktijk bedrijf bedrijven opleiding
    opleidingen training centrum gemeente gemeenten school scholen stage student studenten mix team regio
    markt arbeid arbeids functie taal kind kinderen client zieken huis ziekenhuis verpleeg verpleging kundige
    verzorging verzorgende plaats plek kracht tekort personeel personeels beleid loket plan lokaal living labs
    huiskamer kamer techniek technologie innovatie netwerk samenwerking verband traject certificaat niveau docent
    coach begeleider begeleiding instelling organisatie project fonds subsidie wonen dorp stad mantel gezond
    gezondheid gezondheids preventie
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
# Words and endings that turn up inside other words without being a part of them.
FALSE_PARTS = frozenset(
    """
    onder wijs wijze lijk lijke lijks heid heden isering iseren stelling stellen atie aties aten elen eren
    ment acht echt inge gene enig even over door voor naar baar bare loos loze zaam same ling lingen
    schap schappen ster iers iers rijk rijke ster matig matige ende ingen tief tieve iteit ische isch deel
    delen keur ring ringen sten ding dingen wing elde eerd eerde
    """.split()  # noqa: SIM905 - a list of words reads best as words
)


class Compounds:
    """Takes words apart. `counts` says in how many documents each known word stands."""

    def __init__(self, counts):
        self._counts = counts
        self._known = {}

    def parts(self, word):
        """The parts of a compound without their links, all the way down; a plain word has one: itself."""
        if word not in self._known:
            self._known[word] = self._all_the_way_down(word)
        return self._known[word]

    def _all_the_way_down(self, word):
        if not SHORTEST_COMPOUND <= len(word) <= LONGEST_COMPOUND or not word.isalpha():
            return (word,)
        found = self._cheapest(word)
        return tuple(part for piece in found for part in self.parts(piece)) if found else (word,)

    def _cheapest(self, word):
        """The cheapest way through the word as its parts, or nothing."""
        ways = {0: (0, ())}
        for start in range(len(word) - SHORTEST_PART + 1):
            if start not in ways:
                continue
            cost, parts = ways[start]
            for end in range(start + SHORTEST_PART, len(word) + 1):
                part = word[start:end]
                if part == word or not self._is_part(part):
                    continue
                for link in LINKS if end < len(word) else ("",):
                    if not word.startswith(link, end):
                        continue
                    after = end + len(link)
                    way = (cost + 1 + (LINK_COST if link else 0), (*parts, part))
                    if after not in ways or way < ways[after]:
                        ways[after] = way
        return ways.get(len(word), (0, None))[1]

    def _is_part(self, part):
        if part in FALSE_PARTS:
            return False
        count = self._counts.get(part, 0)
        return part in SEED or count >= OFTEN_ENOUGH or (count and len(part) >= LONG_ENOUGH)
