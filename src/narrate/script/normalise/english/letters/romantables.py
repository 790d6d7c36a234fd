"""Words round Roman numerals: what is counted, what is put in order, and who is the first or fourteenth of a name."""

from __future__ import annotations

from narrate.script.normalise.english.letters.context import words

COUNTED = (
    "chapter|chap\\.|chaps\\.|book|part|volume|vol\\.?|vols\\.|act|scene|section|article|amendment|canto|psalm|verse|title|phase|stage|type|"
    "class|grade|level|tier|mark|mk\\.?|episode|figure|fig\\.?|table|appendix|schedule|annex|division|region|factor|"
    "unit|lesson|letter|sonnet|symphony|sonata|concerto|quartet|opus|op\\.?|plate|map|exhibit|movement|stanza|strophe|"
    "paragraph|clause|rule|category|group|form|variant|page|pp?\\.|ch\\.|pt\\.|bk\\.|sec\\.|no\\.|number|world war|"
    "super bowl|wrestlemania|lecture|essay|meditation|item|column|era|zone|area|district|corps|olympiad|camp|annexe|"
    "apollo|gemini|saturn|titan|falcon|tablet|cave|tomb|building|battery|trident|polaris|king's quest|ultima|cycle"
)
"""Followed by a number that is counted: "Chapter IV"."""

ORDERED = (
    "century|centuries|dynasty|congress|olympiad|olympics|olympic|winter|summer|international|legion|legio|corps|army|"
    "cohort|bomber|fighter|edition|world|ecumenical|lateran|arrondissement|party|national|plenary|republic"
)
"""After a number of a row: "the XIX century"."""

RULERS = words(
    "Abdul Abdullah Adolf Adrian Agrippa Albert Albrecht Alexander Alexandra Alexei Alexis Alfonso Alfred "
    "Amenhotep Amenemhat Anastasius Andrew Anne Antiochus Antonius Ariarathes Artaxerxes Attalus Augustus Baldwin "
    "Baudouin Beatrice Benedict Berengar Bernard Bhumibol Bohemond Boleslaus Boleslaw Boniface Boris Callixtus "
    "Canute Carl Carlos Casimir Catherine Celestine Charles Chlothar Christian Christopher Claudius Clement "
    "Clovis Conrad Constans Constantine Constantius Cyrus Darius David Demetrius Dionysius Edgar Edmund Edward "
    "Elizabeth Emanuel Emmanuel Eric Ernest Eugene Eugenius Eumenes Faisal Farouk Felipe Felix Ferdinand Fernando "
    "Francis Francois François Frederick Fredrik Friedrich Fulk Galerius Geoffrey George Gregory Guillaume Gustaf "
    "Gustav Gustavus Haakon Hadrian Hamad Harald Harold Hassan Heinrich Henri Henry Herod Honorius Hugh Humbert "
    "Hussein Innocent Isaac Isabella Ivan James Jan Jean Joan Joao João Johann Johannes John Joseph Juan Juba "
    "Julius Justin Justinian Karl Kamehameha Knut Konrad Ladislaus Leo Leopold Lothair Lothar Louis Louise Lucius "
    "Ludovico Ludwig Mahmud Malcolm Manuel Margaret Margrethe Maria Martin Mary Matthias Maurice Maximilian "
    "Mehmed Mehmet Michael Mindaugas Mithridates Mohammed Muhammad Murad Mustafa Napoleon Nero Nicephorus "
    "Nicholas Nikolai Olaf Olav Orhan Osman Oscar Otto Pahlavi Paul Pedro Pepin Peter Phillip Philip Philippe "
    "Pius Pope Ptolemy Rainier Rama Ramesses Ramiro Ramses Raymond Reza Richard Robert Roger Romanos Rudolf "
    "Rudolph Rupert Sancho Seleucus Selim Seti Sergius Sigismund Silvester Simeon Simon Sixtus Stanislaus Stephen "
    "Suleiman Sverre Sweyn Sylvester Theodore Theodosius Theobald Theophilus Thomas Thutmose Tiberius Umberto "
    "Urban Valdemar Valentinian Vespasian Victor Victoria Vittorio Vladimir Vladislaus Waldemar Wenceslaus "
    "Wilhelm Wilhelmina William Willem Xerxes Yazdegerd Zeno Akbar Shah Tupac Mwanawasa Gyanendra Norodom "
    "Sihanouk Hirohito"
)
"""Names that kings, queens, emperors and popes bear with a number; many a man with a son of his name bears them too."""

GIVEN = words(
    "Adam Adlai Allen Anthony Arthur Ben Benjamin Bill Brian Bruce Calvin Carter Chester Clarence Clay Cornelius "
    "Dan Daniel Davis Dennis Donald Douglas Dwight Edgar Edwin Elliott Franklin Fred Gary Gerald Gordon Grover "
    "Harrison Hank Harry Herbert Howard Jack Jacob Jason Jay Jeffrey Jefferson Jerry Jim Jimmy Joe Jonathan Ken "
    "Kenneth Kevin Larry Lawrence Lloyd Marcus Mark Matthew Mike Nathan Nelson Norman Patrick Ralph Ray Ronald "
    "Roy Russell Sam Samuel Scott Spencer Steven Strom Theodore Thurston Tim Timothy Todd Tom Trey Walter Warren "
    "Wayne Winthrop Gary"
)
"""Given names before a surname and a number: "Robert Griffin III"."""

TITLED = (
    "King|Queen|Pope|Emperor|Empress|Tsar|Czar|Tsarina|Kaiser|Prince|Princess|Duke|Sultan|Shah|Patriarch|Count|Earl|"
    "Archduke|Pharaoh|Antipope|Grand Duke|Elector|Margrave|Landgrave|Saint|St|Baron|Marquess|Khedive|Caliph|Doge"
)
"""Titles of those who bear a number."""

NOT_NUMERALS = words(
    "CC CD CI CL CM CV CIVIC CIVIL CIV DC DI DID DIM DIV DIX DL DM DV DVI DX ID LCD LI LID LIV LIVID LCM LL LLC "
    "MC MCC MCI MD MDC MDI MDM MI MIC MID MIDI MIL MILD MILL MIM MIX ML MLI MM MMC MMM MMX MV MX VIM VIVID XC XL "
    "XML XX XXX XXL DIDI CCC CCI CCL CDC CDI CLI CLL CLX CMC CMD CML DCI DLC DCM MCL MLM MXC"
)
"""Initialisms and words that can be read as numerals; they are numerals only after a word that counts."""
