"""Words that say nothing about what somebody looks for; the words of a question among them."""

STOPWORDS = frozenset(
    """
    aan al alle alleen als andere bij binnen daar dan dat de deze die dit doen doet door dus een en er erg
    gaan gaat geen geef graag haar had heb hebben heeft heel hem het hier hij hoe hoeveel hoort hun ik in
    iemand iets inzake is ja je jij jou jouw jullie kan krijg krijgen krijgt kun kunnen kunt maar mag me mee meer men met
    mij mijn mocht moet moeten mogelijk mogen na naar nee niet niets nog nu of om omdat onder ons onze ook op over
    per staat te tegen tijdens toch toen tot tussen uit uw u van vanuit vanwege veel vind vinden voor waar
    waarom wanneer waren was wat we weer weet wel welk welke wie wij wil willen wilt word worden wordt zal ze
    zelf zich zij zijn zit zitten zo zoals zoek zoeken zonder zou
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
