"""The twelve provinces, which no table of the CBS borders names."""

# CBS code of the province, its name and slug.
PROVINCES = {
    "PV20": ("Groningen", "groningen"),
    "PV21": ("Fryslân", "fryslan"),
    "PV22": ("Drenthe", "drenthe"),
    "PV23": ("Overijssel", "overijssel"),
    "PV24": ("Flevoland", "flevoland"),
    "PV25": ("Gelderland", "gelderland"),
    "PV26": ("Utrecht", "utrecht"),
    "PV27": ("Noord-Holland", "noord-holland"),
    "PV28": ("Zuid-Holland", "zuid-holland"),
    "PV29": ("Zeeland", "zeeland"),
    "PV30": ("Noord-Brabant", "noord-brabant"),
    "PV31": ("Limburg", "limburg"),
}
CODE_OF = {slug: code for code, (_name, slug) in PROVINCES.items()}
