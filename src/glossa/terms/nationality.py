"""Nationality adjectives: which country an English adjective before a title stands for ("Thai foreign minister").

Only those whose country is no part of a longer glossary term by itself; adjectives that are also something else
(Polish, Swiss as a brand) are harmless here, since they count only right before a title.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_LIST = """
Afghan Afghanistan|Algerian Algeria|American United States|Angolan Angola|Argentine Argentina|Armenian Armenia
Australian Australia|Austrian Austria|Azerbaijani Azerbaijan|Bahraini Bahrain|Bangladeshi Bangladesh
Belarusian Belarus|Belgian Belgium|Bhutanese Bhutan|Bolivian Bolivia|Brazilian Brazil|British United Kingdom
Bruneian Brunei|Bulgarian Bulgaria|Burmese Myanmar|Cambodian Cambodia|Cameroonian Cameroon|Canadian Canada
Chilean Chile|Chinese China|Colombian Colombia|Congolese Congo|Croatian Croatia|Cuban Cuba|Cypriot Cyprus
Czech Czech Republic|Danish Denmark|Dutch Netherlands|Ecuadorian Ecuador|Egyptian Egypt|Eritrean Eritrea
Estonian Estonia|Ethiopian Ethiopia|Fijian Fiji|Filipino Philippines|Philippine Philippines|Finnish Finland
French France|Georgian Georgia|German Germany|Ghanaian Ghana|Greek Greece|Guatemalan Guatemala|Haitian Haiti
Honduran Honduras|Hungarian Hungary|Icelandic Iceland|Indian India|Indonesian Indonesia|Iranian Iran|Iraqi Iraq
Irish Ireland|Israeli Israel|Italian Italy|Jamaican Jamaica|Japanese Japan|Jordanian Jordan|Kazakh Kazakhstan
Kenyan Kenya|Kuwaiti Kuwait|Kyrgyz Kyrgyzstan|Lao Laos|Laotian Laos|Latvian Latvia|Lebanese Lebanon
Liberian Liberia|Libyan Libya|Lithuanian Lithuania|Malaysian Malaysia|Maldivian Maldives|Malian Mali
Mexican Mexico|Moldovan Moldova|Mongolian Mongolia|Moroccan Morocco|Mozambican Mozambique|Myanmar Myanmar
Namibian Namibia|Nepalese Nepal|Nepali Nepal|Nicaraguan Nicaragua|Nigerian Nigeria|North Korean North Korea
Norwegian Norway|Omani Oman|Pakistani Pakistan|Palestinian Palestine|Panamanian Panama|Paraguayan Paraguay
Peruvian Peru|Polish Poland|Portuguese Portugal|Qatari Qatar|Romanian Romania|Russian Russia|Rwandan Rwanda
Saudi Saudi Arabia|Senegalese Senegal|Serbian Serbia|Singaporean Singapore|Slovak Slovakia|Slovenian Slovenia
Somali Somalia|South African South Africa|South Korean South Korea|Spanish Spain|Sri Lankan Sri Lanka
Sudanese Sudan|Swedish Sweden|Swiss Switzerland|Syrian Syria|Taiwanese Taiwan|Tajik Tajikistan
Tanzanian Tanzania|Thai Thailand|Timorese Timor-Leste|Tunisian Tunisia|Turkish Turkey|Turkmen Turkmenistan
Ugandan Uganda|Ukrainian Ukraine|Uruguayan Uruguay|Uzbek Uzbekistan|Venezuelan Venezuela|Vietnamese Vietnam
Yemeni Yemen|Zambian Zambia|Zimbabwean Zimbabwe
"""

_TWO_WORDS = ("North Korean", "South Korean", "South African", "Sri Lankan")


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in _LIST.replace("\n", "|").split("|"):
        if not entry.strip():
            continue
        adjective = next((words for words in _TWO_WORDS if entry.startswith(words)), entry.split(" ", 1)[0])
        table[adjective] = entry.removeprefix(adjective).strip()
    return table


COUNTRIES: Mapping[str, str] = MappingProxyType(_table())
"""Adjective to the country's usual English name."""
