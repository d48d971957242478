"""Made-up files in the layout of DUO's open data."""

from __future__ import annotations

from pathlib import Path

PO = """\
PEILDATUM;INSTELLINGSCODE;VESTIGINGSCODE;INSTELLINGSNAAM_VESTIGING;PLAATSNAAM;\
GEMEENTENUMMER;GEMEENTENAAM;LEEFTIJD_4;LEEFTIJD_5;LEEFTIJD_6
2023-10-01;00AB;00AB00;Café De Ster;BEESTAD;0042;BEESTAD;100;<5;98
2023-10-01;00AB;00AB01;De Maan;AADORP;0007;AADORP;80;70;-1
2023-10-01;01CD;01CD00;Elders;CEEVEEN;0363;CEEVEEN;50;50;50
"""
VO = """\
BEVOEGD GEZAG NUMMER;INSTELLINGSCODE;VESTIGINGSCODE;INSTELLINGSNAAM VESTIGING;PLAATSNAAM;\
GEMEENTENUMMER;GEMEENTENAAM;PROVINCIE;AANTAL LEERLINGEN
40001;02EF;02EF00;Stedelijk Gymnasium;BEESTAD;0042;Beestad;Utrecht;400
40001;02EF;02EF00;Stedelijk Gymnasium;BEESTAD;0042;Beestad;Utrecht;200
40001;02EF;02EF01;Vmbo De Brug;AADORP;0007;Aadorp;Utrecht;300
40001;02EF;02EF02;De Sprong;AADORP;0007;Aadorp;Utrecht;<5
"""


MBO = """\
PEILDATUM,INSTELLINGSCODE,INSTELLINGSNAAM,PLAATSNAAM,GEMEENTENUMMER,GEMEENTENAAM,PROVINCIE,\
MBO INSTELLINGSSOORT - NAAM,KWALIFICATIENIVEAU,AANTAL STUDENTEN
2023-10-01,27AB,ROC Beestad,BEESTAD,0042,BEESTAD,Utrecht,Regionaal opleidingencentrum,1,300
2023-10-01,27AB,ROC Beestad,BEESTAD,0042,BEESTAD,Utrecht,Regionaal opleidingencentrum,2,2100
2023-10-01,27AB,ROC Beestad,BEESTAD,0042,BEESTAD,Utrecht,Regionaal opleidingencentrum,3,2600
2023-10-01,27AB,ROC Beestad,BEESTAD,0042,BEESTAD,Utrecht,Regionaal opleidingencentrum,4,5000
2023-10-01,01CD,"Agro, groen en meer",AADORP,0007,AADORP,Utrecht,Agrarisch opleidingscentrum,2,400
2023-10-01,01CD,"Agro, groen en meer",AADORP,0007,AADORP,Utrecht,Agrarisch opleidingscentrum,3,<5
2023-10-01,01CD,"Agro, groen en meer",AADORP,0007,AADORP,Utrecht,Agrarisch opleidingscentrum,4,600
"""


def write_duo(folder: Path, **texts: str | bytes) -> dict[str, Path]:
    """Write a file for each sector and return where they are."""
    paths = {sector: folder / f"{sector}.csv" for sector in texts}
    for sector, text in texts.items():
        paths[sector].write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return paths
