"""The English words that say what a name is: heads of titles, units, institutions, places and events.

All in small letters. What nearly always is one kind stands here; what depends on company is decided in `names`.
"""

from __future__ import annotations

from glossa.terms.nationality import COUNTRIES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Offices and ranks: a title by themselves, capitalised or not.
TITLES = _words(
    "minister premier president chancellor king queen prince princess emperor empress sultan pope patriarch governor "
    "mayor senator congressman congresswoman lawmaker ambassador consul attaché attache envoy rapporteur commissioner secretary "
    "undersecretary under-secretary director chairman chairwoman chairperson chair speaker spokesperson spokesman "
    "spokeswoman judge prosecutor attorney ombudsman magistrate registrar rector dean provost principal headmaster "
    "headmistress headteacher professor commander commandant lieutenant colonel major captain admiral commodore "
    "marshal brigadier sergeant corporal inspector superintendent sheriff coach manager ceo cfo coo cto mp mep archbishop bishop "
    "cardinal abbot imam rabbi nuncio treasurer comptroller adviser advisor coordinator administrator "
    "counsellor deputy vice-minister vice-president vice-chairman vice-chairwoman vice-chair vice-chancellor vice-premier vice-governor vice-rector "
    "secretary-general director-general commander-in-chief editor-in-chief co-chair co-chairman attorney-general auditor-general inspector-general "
    "governor-general commissioner-general under-secretary-general consul-general president-elect "
    "general-secretary prefect commissar viceroy constable laird ayatollah emir sheikh shah tsar kaiser duke duchess "
    "earl baron baroness count countess viscount warden comptroller-general solicitor-general surgeon-general prime-minister "
    "minister-counsellor chieftain chargé"
)
# Only before a name, or capitalised: they mean something else otherwise.
FORMS = _words(
    "mr mrs ms mx dr prof sir dame lord lady samdech oknha okhna venerable madame madam mademoiselle monsieur miss "
    "reverend rev father sister brother hon honourable honorable justice private general "
    "lt gen col maj capt cpt brig sgt cpl adm cmdr pvt gov sen rep amb supt insp pres cdr cmdt datuk dato tan tun tengku tengku phra "
    "excellency majesty highness eminence holiness h.e h.m h.r.h u daw ven msgr st"
) - {"st", "u", "tan", "tun"}
# Titles only with a word that says which sort, or with a complement.
BARE = _words(
    "leader head chief officer representative deputy member monk observer economist strategist negotiator engineer scientist archivist architect curator conservator auditor surgeon physician nurse geologist hydrologist epidemiologist statistician seismologist meteorologist forecaster coroner trader analyst"
)
# What makes a title more precise, before its head.
TITLE_MODIFIERS = _words(
    "deputy vice assistant associate adjunct acting interim chief executive managing general honorary first second third permanent "
    "special principal prime foreign defence defense finance interior justice health education tourism environment agriculture "
    "commerce trade labour labor energy transport transportation information culture planning home cabinet state crown police provincial "
    "district commune village municipal city county regional party opposition military air battalion brigade "
    "regiment platoon squad squadron team country programme program project resident union head founding lieutenant major brigadier rear "
    "fleet supreme investigating presiding public high security press human resources majority minority group board fire "
    "water economy economic industry technology science sports sport youth women's children's social affairs welfare mining mines housing "
    "development rural religious religion cults inspection communications telecommunications digital aviation railways infrastructure "
    "fisheries forestry climate emergencies emergency disaster budget treasury shadow parliamentary legal political "
    "commercial cultural agricultural commanding senior sector force field joint medical nursing technical operations "
    "administrative liaison communication academic financial marketing sales network federal national queen mother "
    "grand great wing air-force under petty warrant detective flight group sub-lieutenant pro-vice staff contingent company mission division "
    "ministry naval army navy court prison diplomatic policy protocol central bank equality immigration reconstruction refugees "
    "border lands land works post posts veterans unification europe european international cooperation investment "
    "research school campus ward store station traffic duty non-executive independent lay life lead co club tournament match games "
    "branch factory plant shop research training surveillance relief rescue response vaccination immunisation election electoral campaign"
)
# "Secretary of State", "Chief of Staff": what belongs to a title behind "of".
OF_TITLES = _words("state staff government mission cabinet protocol police defence defense operations")
# Heads that take a portfolio behind "of" or "for", whatever it is called.
PORTFOLIO_HEADS = _words(
    "minister secretary undersecretary under-secretary vice-minister ministers secretaries vice-ministers under-secretary-general"
)
# Words of portfolios: never of a person's name.
PORTFOLIO = TITLE_MODIFIERS | _words(
    "affairs external foreign resources meteorology arts fine tourism vocational training innovation management urban construction "
    "power natural tax customs excise heritage gender family families employment pensions peace reconciliation "
    "elections democracy integration regions local territorial territories overseas commonwealth schools universities "
    "higher services service media broadcasting ports shipping maritime sea civil interior public planning rehabilitation statistics royal palace trades small business businesses consumer "
    "enterprise enterprises food nutrition sanitation petroleum oil gas electricity hydropower irrigation livestock "
    "prevention protection preservation conservation biodiversity cities towns roads transport logistics data cyber cybersecurity intelligence "
    "nuclear atomic space research sciences equal rights minorities indigenous ethnic disabled persons welfare interior "
    "prosecutions investigations humanitarian coordination peacebuilding disarmament procurement strategy reform reforms cooperation friendship amity "
    "hospital hospitals clinical infectious diseases disease epidemiology vaccines medicine pharmacy drugs medicines mental"
)
ADJECTIVES_LEFT_OUT = _words(
    "former late then outgoing incoming new newly elected current top senior ex longtime long-time veteran retired young old re-elected"
)

UNITS = _words(
    "army navy force forces corps brigade regiment battalion platoon squadron squad fleet wing guard guards coastguard gendarmerie police "
    "militia marines infantry patrol patrols rangers commandos unit units commissariat headquarters command staff detachment contingent "
    "artillery cavalry constabulary armies navies brigades battalions regiments gendarmes paratroopers divisions division peacekeepers "
    "flotilla legion troops militias"
)
INSTITUTIONS = _words(
    "ministry ministries department departments directorate agency agencies authority administration bureau office offices secretariat "
    "committee committees commission commissions faculties council councils board parliament assembly senate congress diet bundestag duma knesset "
    "cabinet court courts tribunal chambers party parties movement alliance coalition federation confederation "
    "association associations union unions organisation organization organisations organizations society foundation fund trust institute "
    "institution university universities college colleges academy school schools faculty hospital hospitals clinic "
    "centre center laboratory laboratories museum library bank banks company corporation corp co ltd inc plc llc gmbh ag sa "
    "group holdings holding enterprise enterprises industries motors airlines airways railway railways electric textile textiles "
    "garment garments apparel telecom telecommunications media news times daily herald "
    "journal tribune gazette broadcasting television radio network channel embassy embassies consulate delegation "
    "chamber exchange services service systems technologies solutions logistics partners capital ventures securities insurance "
    "cross crescent fc afc cf bureaux register registry "
    "observatory ombudsman inspectorate treasury judiciary presidency monarchy "
    "cooperative co-operative collective syndicate consortium watch consulting foods brewery breweries mills factory publishing press "
    "studios pharmaceuticals pharma energy oil petroleum mining minerals plantation plantations construction steel cement "
    "shipping lines shipyard garages motorcycles nations caucus shimbun consultancy action clinics orphanage kindergarten polytechnic lyceum "
    "faction front taskforce caucuses academies institutes foundations airline parliaments club clubs"
)
PLACES = _words(
    "province district commune village city county prefecture state island islands isles river lake sea ocean bay gulf strait straits "
    "mountain mountains mount hill hills valley desert peninsula plateau road street avenue boulevard lane bridge airport airfield port harbour harbor "
    "park stadium temple pagoda monastery cathedral church mosque shrine square monument memorial hotel palace market station "
    "dam plaza beach forest sanctuary town township checkpoint crossing arena tower gate garden gardens cape creek canal "
    "highway territory territories republic kingdom federation emirates quarter ward region delta basin falls pass waterfront wharf "
    "pier terminal cemetery castle fort reservoir reef coast wetlands settlement camp base complex pavilion villa boeung "
    "resort mall bazaar hall amphitheatre racecourse velodrome riverfront lagoon volcano archipelago oblast canton commune "
    "subdistrict sub-district municipality khan sangkat neighbourhood suburb strasse straße platz rue bahnhof citadel ring "
    "expressway zone heights corridor"
)
EVENTS = _words(
    "summit conference meeting forum dialogue treaty convention conventions agreement agreements accord accords protocol protocols declaration charter pact "
    "statute festival day games cup olympics paralympics championship championships tournament league marathon war wars revolution exercise "
    "exercises expo exposition fair ceremony jubilee coronation anniversary earthquake tsunami flood floods pandemic congress "
    "week communiqué communique open prix derby rally trophy regatta convention biennale symposium seminar assembly "
    "memorandum ceasefire consultations talks eve uprising genocide massacre holocaust easter christmas ramadan eid diwali songkran "
    "vesak tet carnival parade year masters test fortnight plenum consultation workshop colloquium"
)
# Only at the beginning of a name.
PLACE_PREFIXES = _words(
    "mount lake wat phnom cape port fort lac tonle stung koh prek kampong kompong san santa "
    "são saint sainte new north south east west northern southern eastern western central upper lower greater rio los las el la "
    "prasat barangay ban phum psar veal boeung bandar kota kuala ho nam mae ko doi khao chiang muang nakhon mt camp hotel rue place via "
    "plaza piazza"
) - {"la", "el", "place", "new", "port", "san"}
EVENT_PREFIXES = _words("typhoon hurricane cyclone storm operation exercise expo")
INSTITUTION_PREFIXES = _words(
    "ministry department office bank university embassy institute council committee commission court bureau association "
    "federation society union confederation chamber organisation organization centre center museum academy college house "
    "party board general-directorate directorate secretariat authority agency movement institut banque école ecole société agence "
    "universidad universität université partido médecins radio médicins hôpital hopital fondation croix comité"
)
# A place or event when it ends a name although the word is an institution's elsewhere, and the reverse, by the word before.
NOT_KINDS = _words(
    "law act bill code plan strategy policy project programme program prize award medal order report index survey initiative campaign "
    "scheme regulation regulations directive constitution amendment resolution clause article chapter bible koran model version "
    "edition album song film series book novel"
)
COMPANY_ENDS = _words(
    "co ltd inc plc corp llc gmbh ag sa limited bhd pte pty spa nv ab oy sarl sas kg srl bv jsc pjsc tbk kk"
)

SEATS = frozenset(
    ("Peace Palace", "White House", "Kremlin", "Pentagon", "Blue House", "Downing Street", "Élysée", "Elysee", "Élysée Palace",
     "Elysee Palace", "Capitol Hill", "Whitehall", "Westminster", "Kasumigaseki", "Nagatacho", "Zhongnanhai", "Malacañang", "Kantei", "Quai d'Orsay")
)  # fmt: skip
PLACE_ACRONYMS = frozenset(
    ("US", "USA", "UK", "UAE", "DRC", "U.S", "U.S.A", "U.K", "DPRK", "PRC", "U.A.E", "CAR", "PNG")
)
NO_ACRONYMS = frozenset(
    "AM PM TV DVD CD PC IT AI ID NGO NGOs GDP GNP HIV AIDS COVID DNA RNA PCR SUV SUVs UXO UXOs USD EUR JPY KHR SMS GPS SIM VIP ATM HIV/AIDS "
    "MP3 PDF URL VAT PPE ICU UN-led SME SMEs MOU MoU MOUs AED CCTV MPhil PhD BBQ RGB LED EV EVs LNG LPG IQ ERW PhDs QR KPI ESG IOU MRI CT "
    "CO2 PM2.5 SARS OK TB LGBT LGBTQ ASAP FAQ II III IV VI VII VIII IX XI XII XIV XV XVI AD BC BCE CE GMT UTC ICT JST EST PST CET".split()
)
SUFFIX_TITLES = _words("general state staff")

CALENDAR = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)
CALENDAR_SHORT = _words("jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun")
CURRENCIES = _words(
    "dollar dollars yen riel riels baht euro euros yuan dong rupee rupees pound pounds won kip kyat ringgit peso pesos"
)
# Adjectives and peoples: no names by themselves, though parts of names.
NATIONALITIES = (
    (frozenset(word.lower() for word in COUNTRIES) - frozenset(name.lower() for name in COUNTRIES.values()))
    | _words(
        "khmer asian european african western eastern arab islamic buddhist christian muslim hindu jewish catholic orthodox protestant "
        "english french mandarin cantonese latin greek hebrew arabic swahili malay tagalog javanese tamil hindi urdu bengali punjabi "
        "kurdish persian cham bunong tampuan jarai kreung southeast-asian american scottish welsh irish bavarian parisian african "
        "democrat republican conservative liberal socialist communist nazi soviet roman americans europeans africans asians scandinavian nordic baltic "
        "balkan caribbean latin-american ivorian beninese gabonese chadian burkinabe togolese nigerien mauritanian gambian "
        "sierra-leonean malawian basotho swazi motswana djiboutian comorian mauritian seychellois kosovar macedonian "
        "montenegrin bosnian maltese luxembourgish vietnamese-speaking olympic paralympic tibetan uighur uyghur rohingya karen kachin frenchman englishman irishman dutchman welshman frenchwoman spaniard spaniards dane danes swede swedes finn finns poles "
        "turk turks scot scots briton britons serb serbs croat croats arab arabs kurd kurds czechs slovaks magyar filipinos "
        "shan hmong zulu xhosa hausa yoruba igbo amharic catholics muslims buddhists christians hindus jews"
    )
    | frozenset(f"{word.lower()}s" for word in COUNTRIES if word[-1] in "ni")
)

SPEECH = _words(
    "said says told added asked noted announced stated explained warned declared argued replied insisted urged wrote recalled stressed "
    "thanked praised promised denied admitted joked called vowed pledged confirmed apologised apologized welcomed refused "
    "answered laughed cried smiled nodded shouted whispered testified sighed wept"
)
LOCATIVE = _words(
    "in at near from to across around outside inside towards toward through via throughout between into beyond off along above"
)
CONNECTORS = _words("of for on against in to and with the by at de du des la le von van der den del da di")
FUNCTION = _words(
    "the a an this that these those he she it they we i you his her its their our my your who which what where when while if as at in on "
    "of for from with by to and but or nor so yet not no both all some any many much few several each every either neither one two three four five six seven eight nine "
    "ten eleven twelve after before during since until because although though however meanwhile then there here according despite "
    "among between about above below under over against within without through across along around behind beyond near "
    "like than too also only even still just once again later earlier soon now today yesterday tomorrow tonight why how "
    "is are was were be been has have had do does did will would can could may might must shall should another other "
    "such same most more less least next last first second third nobody everybody nothing everything someone anyone "
    "hardly perhaps maybe instead thus hence therefore moreover furthermore besides elsewhere nearly almost about beside whether unless "
    "inside outside half dozens hundreds thousands millions yes no dear asked said let lets nor ours "
    "thank thanks please q"
)
# Common nouns whose possessive stands within a name.
POSSESSIVES = _words(
    "people peoples women children workers worker men teachers teacher farmers farmer veterans mother king queen minister president "
    "ministers governors governor students student bar world nurses prime lloyd new year year's citizens bishops mayor chiefs chief presidents leaders "
    "girls boys mine fishermen fishers drivers lawyers writers journalists players heads villagers officers prosecutors prosecutor "
    "mothers mother's valentine patriot martyrs founder's founders traders national employers consumers emperor owners victims parents widows "
    "employees fathers ladies soldiers miners dockers bakers pilots editors publishers"
)
