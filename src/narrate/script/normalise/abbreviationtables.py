"""Abbreviations that voices misread or take for the end of a sentence, and what is said for them, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def _pairs(rows: str) -> dict[str, str]:
    """A table in a line: ``short=long`` with semicolons between.

    >>> _pairs("Dr=Doctor; Mr=Mister")
    {'Dr': 'Doctor', 'Mr': 'Mister'}
    """
    return dict(row.strip().split("=") for row in rows.split(";"))


TITLES: Mapping[str, Mapping[str, str]] = {
    "en": _pairs(
        "Dr=Doctor; Mr=Mister; Mrs=Missus; Ms=Ms; Messrs=Messieurs; Prof=Professor; Gen=General; Col=Colonel; "
        "Capt=Captain; Lt=Lieutenant; Sgt=Sergeant; Sen=Senator; Rep=Representative; Gov=Governor; Rev=Reverend; "
        "Hon=Honorable; St=Saint; Mt=Mount; Ft=Fort; Maj=Major; Cpl=Corporal; Cmdr=Commander; Adm=Admiral; "
        "Brig=Brigadier; Pvt=Private; Supt=Superintendent; Insp=Inspector; Det=Detective; Atty=Attorney; Fr=Father; "
        "Amb=Ambassador; Msgr=Monsignor; Mme=Madame; Mlle=Mademoiselle; Drs=Doctors; Profs=Professors; Sens=Senators; "
        "Reps=Representatives; Gens=Generals; Pres=President; Cdr=Commander; Ald=Alderman; Sgts=Sergeants; "
        "Rt=Right; Lieut=Lieutenant; "
        "Pfc=Private First Class; Mdlle=Mademoiselle; Maj=Major"
    ),
    "de": _pairs("Dr=Doktor; Prof=Professor; Hr=Herr; Fr=Frau; St=Sankt"),
    "fr": _pairs("M=Monsieur; Dr=Docteur; Me=Maître; St=Saint; Ste=Sainte"),
    "es": _pairs(
        "Sr=Señor; Sra=Señora; Srta=Señorita; Sres=Señores; Sras=Señoras; Dña=Doña; Gral=General; Prof=Profesor; "
        "Dr=Doctor; Dra=Doctora; Sta=Santa; Sto=Santo"
    ),
    "it": _pairs(
        "Sig=Signor; sig=signor; Dr=Dottor; Ing=Ingegner; Avv=Avvocato; Dott=Dottor; dott=dottor; Prof=Professor; "
        "prof=professor; avv=avvocato; ing=ingegner; geom=geometra; arch=architetto; on=onorevole; "
        "On=Onorevole; sen=senatore; Sen=Senatore; "
        "mons=monsignor; Mons=Monsignor; dr=dottor; gen=generale; Gen=Generale"
    ),
    "nl": _pairs("Dhr=De heer; dhr=de heer; Mevr=Mevrouw; mevr=mevrouw; Dr=Doctor; Prof=Professor"),
    "pt": _pairs(
        "Sr=Senhor; Sra=Senhora; Prof=Professor; Profa=Professora; Dr=Doutor; Dra=Doutora; sr=senhor; sra=senhora; "
        "prof=professor; profa=professora; dr=doutor; dra=doutora; Gen=General; Eng=Engenheiro"
    ),
}
"""Before a name, with a full stop."""

NUMBERED: Mapping[str, Mapping[str, str]] = {
    "en": _pairs(
        "No=number; no=number; Nos=numbers; nos=numbers; Fig=Figure; fig=figure; Vol=Volume; vol=volume; Ch=Chapter; "
        "ch=chapter; pp=pages; p=page; Sec=Section; sec=section; Eq=Equation; Art=Article; eq=equation; Figs=Figures; "
        "figs=figures; Vols=Volumes; vols=volumes; Eqs=Equations; eqs=equations; pg=page; Pg=Page; para=paragraph; "
        "paras=paragraphs; art=article; chap=chapter; Chap=Chapter; secs=sections; Pt=Part; pt=part; c=circa; "
        "ca=circa; Rt=Route; "
        "Rte=Route; Hwy=Highway; Apt=Apartment; Rm=Room; Ste=Suite; ext=extension; Ext=Extension; est=established; "
        "Est=Established; pop=population; Tel=telephone; tel=telephone; approx=approximately; Bldg=Building; "
        "ver=version; "
        "Op=Opus; op=opus; Ex=Exhibit; Reg=Regulation; Par=Paragraph; col=column; l=line; ll=lines; nn=notes; "
        "Pl=Plate; pl=plate; Tab=Table; cap=chapter; App=Appendix; Mk=Mark; Bk=Book; bk=book; Dist=District"
    ),
    "de": _pairs(
        "Abs=Absatz; Nrn=Nummern; Nr=Nummer; S=Seite; Abb=Abbildung; Bd=Band; Kap=Kapitel; Art=Artikel; "
        "Tel=Telefon; Ziff=Ziffer; Bde=Bände"
    ),
    "fr": _pairs(
        "p=page; pp=pages; fig=figure; vol=volume; chap=chapitre; art=article; Art=Article; al=alinéa; tél=téléphone; "
        "Tél=Téléphone"
    ),
    "es": _pairs(
        "p=página; pp=páginas; pág=página; págs=páginas; núm=número; fig=figura; vol=volumen; cap=capítulo; "
        "art=artículo; Art=Artículo; "
        "tel=teléfono; Tel=Teléfono; apdo=apartado"
    ),
    "it": _pairs(
        "pag=pagina; pagg=pagine; fig=figura; vol=volume; n=numero; nn=numeri; art=articolo; Art=Articolo; "
        "artt=articoli; cap=capitolo; p=pagina; pp=pagine; tel=telefono; Tel=Telefono"
    ),
    "nl": _pairs("nr=nummer; blz=bladzijde; fig=figuur"),
    "pt": _pairs(
        "pág=página; págs=páginas; fig=figura; vol=volume; cap=capítulo; art=artigo; Art=Artigo; p=página; pp=páginas; "
        "tel=telefone; Tel=Telefone"
    ),
}
"""Before a number, with a full stop."""

PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": _pairs(
        "e.g.=for example; E.g.=For example; i.e.=that is; I.e.=That is; cf.=compare; vs.=versus; v.=versus; "
        "etc.=et cetera; viz.=namely; approx.=approximately; et al.=et al; Jr.=Junior; Sr.=Senior; "
        "a.k.a.=also known as; Inc.=Incorporated; Ltd.=Limited; Corp.=Corporation; Bros.=Brothers; dept.=department; "
        "Dept.=Department; Cf.=Compare; Approx.=Approximately; Viz.=Namely; eg.=for example; ie.=that is; ca.=circa; "
        "Co.=Company; Cos.=Companies; Assn.=Association; assn.=association; Assoc.=Associated; Univ.=University; "
        "Inst.=Institute; Intl.=International; Int'l.=International; Natl.=National; govt.=government; "
        "Govt.=Government; mgmt.=management; Mgmt.=Management; max.=maximum; avg.=average; "
        "Avg.=Average; misc.=miscellaneous; Misc.=Miscellaneous; incl.=including; Incl.=Including; excl.=excluding; "
        "esp.=especially; resp.=respectively; cont.=continued; Cont.=Continued; "
        "w.r.t.=with respect to; N.B.=note well; n.b.=note well; Esq.=Esquire; "
        "esq.=esquire; Asst.=Assistant; asst.=assistant; "
        "Dir.=Director; dir.=director; Mfg.=Manufacturing; Rly.=Railway; Ry.=Railway; Hosp.=Hospital; Acad.=Academy; "
        "Comm.=Commission; Dist.=District; Gov't.=Government; gov't.=government; lbs.=pounds; Jan.=January; "
        "Feb.=February; Ave.=Avenue; Blvd.=Boulevard; Rd.=Road; "
        "Apr.=April; Aug.=August; Sept.=September; Sep.=September; Oct.=October; Nov.=November; Dec.=December; "
        "Tues.=Tuesday; Thurs.=Thursday; Pvt.=Private; Pty.=Proprietary; seq.=and following; f.k.a.=formerly known as; "
        "d.b.a.=doing business as; Msrs.=Messieurs; Mtns.=Mountains; Mts.=Mountains; Is.=Islands; Twp.=Township; "
        "anon.=anonymous; ibid.=in the same place; Ibid.=In the same place; op. cit.=in the work cited; "
        "loc. cit.=in the place cited; et seq.=and following"
    ),
    "de": _pairs(
        "z. B.=zum Beispiel; z.B.=zum Beispiel; Z. B.=Zum Beispiel; Z.B.=Zum Beispiel; D. h.=Das heißt; "
        "d. h.=das heißt; n. V.=nach Verlängerung; n.V.=nach Verlängerung; i. E.=im Elfmeterschießen; "
        "ff.=und folgende; Vgl.=Vergleiche; z.T.=zum Teil; v.a.=vor allem; o.ä.=oder ähnliches; "
        "v.Chr.=vor Christus; n.Chr.=nach Christus; d.h.=das heißt; u. a.=unter anderem; "
        "u.a.=unter anderem; z. T.=zum Teil; u. U.=unter Umständen; o. ä.=oder ähnliches; v. a.=vor allem; "
        "usw.=und so weiter; bzw.=beziehungsweise; vgl.=vergleiche; ca.=circa; Ca.=Circa; evtl.=eventuell; "
        "ggf.=gegebenenfalls; sog.=sogenannte; v. Chr.=vor Christus; n. Chr.=nach Christus; inkl.=inklusive; "
        "exkl.=exklusive; zzgl.=zuzüglich; etc.=et cetera; i. d. R.=in der Regel; s. o.=siehe oben; s. u.=siehe unten; "
        "m. E.=meines Erachtens; o. g.=oben genannte; u. s. w.=und so weiter; jdn.=jemanden; geb.=geboren; "
        "gest.=gestorben; max.=maximal; mind.=mindestens; bspw.=beispielsweise; insb.=insbesondere; vs.=versus; "
        "Jh.=Jahrhundert; Mrd.=Milliarden; Mio.=Millionen; Tsd.=Tausend; zw.=zwischen; einschl.=einschließlich; "
        "Sek.=Sekunden; Tel.:=Telefon:; Bsp.=Beispiel"
    ),
    "fr": _pairs(
        "p. ex.=par exemple; c.-à-d.=c’est-à-dire; etc.=et cetera; env.=environ; av. J.-C.=avant Jésus-Christ; "
        "apr. J.-C.=après Jésus-Christ; cf.=confer; vs.=contre; éd.=édition; ibid.=ibidem; MM.=Messieurs; "
        "boul.=boulevard; av.=avenue; hab.=habitants; max.=maximum; min.=minimum; "
        "Cf.=Confer; suiv.=suivantes; Tél.:=Téléphone:; Tél. :=Téléphone :; tél. :=téléphone :"
    ),
    "es": _pairs(
        "p. ej.=por ejemplo; etc.=etcétera; aprox.=aproximadamente; EE. UU.=Estados Unidos; EE.UU.=Estados Unidos; "
        "a. C.=antes de Cristo; d. C.=después de Cristo; "
        "a.C.=antes de Cristo; d.C.=después de Cristo; Ud.=usted; Uds.=ustedes; Cía.=Compañía; Av.=Avenida; "
        "Avda.=Avenida; c/=calle; JJ. OO.=Juegos Olímpicos; cf.=compárese; vs.=contra; "
        "y ss.=y siguientes; Tel.:=Teléfono:; tel.:=teléfono:; Cf.=Compárese"
    ),
    "it": _pairs(
        "ad es.=ad esempio; p. es.=per esempio; ecc.=eccetera; a.C.=avanti Cristo; d.C.=dopo Cristo; "
        "a. C.=avanti Cristo; d. C.=dopo Cristo; cfr.=confronta; ca.=circa; c.so=corso; p.za=piazza; "
        "p.zza=piazza; P.zza=Piazza; "
        "P.za=Piazza; C.so=Corso; d.lgs.=decreto legislativo; D.Lgs.=Decreto legislativo; "
        "S.p.A.=società per azioni; Cfr.=Confronta; segg.=seguenti; Tel.:=Telefono:; sig.na=signorina; "
        "tel.:=telefono:"
    ),
    "nl": _pairs("bijv.=bijvoorbeeld; d.w.z.=dat wil zeggen; enz.=enzovoort; o.a.=onder andere"),
    "pt": _pairs(
        "p. ex.=por exemplo; etc.=et cetera; a.C.=antes de Cristo; d.C.=depois de Cristo; a. C.=antes de Cristo; "
        "d. C.=depois de Cristo; aprox.=aproximadamente; Av.=Avenida; Cia.=Companhia; Ltda.=Limitada; cf.=confira; "
        "segs.=seguintes; Tel.:=Telefone:; tel.:=telefone:; Cf.=Confira"
    ),
}
"""Anywhere; a full stop that also ends the sentence stays."""
