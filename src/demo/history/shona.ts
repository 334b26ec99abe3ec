/** What was said in Shona. */
export const shona = `
nyasha sales 30 08:25 rudo
< Mangwanani. Mune zvipikiri zve 4 inch here?
> Mangwanani Nyasha. Tinazvo, kilo imwe i US$2.50.
< Ndoda makilo mashanu.
> Zvakanaka, zvagadzirirwa pacounter.

tsitsi sales 29 12:15 tendai
< Masikati, marata e IBR anoita marii?
> Masikati Tsitsi. Mita imwe i US$7.20.
< Ndatenda, ndichadzoka.

rumbi sales 27 09:50 farai
< Ndinokumbirawo mutengo wependi chena 20 litres.
> US$38 Rumbi. Yekunze i US$44.
< Yekunze imwe chete.
> Taichengeta zita rako riripo.

farisai sales 25 14:40 rudo
< Makadii. Tap yekukitchen inodonha, ndotenga chii?
> Tiripo Farisai. Kazhinji washer chete, i 50 cents. Uya netap tione.
< Maita basa.

shingai sales 23 10:20 rudo
< Mune cement here nhasi?
> Hongu Shingai, PPC ne Lafarge. US$11.50.
< Ndouya nemota masikati, gumi nemashanu.
# Anobhadhara neEcoCash. Mupei risiti.
> Tinokumirirai.

takudzwa sales 22 15:05 farai
< Ladder ye 3 metre ichiripo here?
> Ichiripo Takudzwa, US$45.
< Ndiri kuuya.

vimbai sales 20 11:30 tendai
< Masikati, mungandicheka mapuranga here?
> Masikati Vimbai. Hongu, cut imwe i US$1.
< Zvakanaka, mapuranga masere.
> Zvinotora awa imwe.

chenai sales 18 08:10 rudo
< Ndakabhadhara nezuro asi handina kuwana risiti.
> Pamusoroi Chenai. Risiti yenyu inhamba 20981, iri pacounter.
< Ndatenda.

munashe sales 16 13:20 farai
< Globe dzesolar dzinogara nguva yakareba sei?
> Maawa masere Munashe, kana dzakachajwa zuva rose.
< Ndipei nhatu.

rutendo sales 14 09:15 tendai
< Mune paint yegirini here?
> Hongu Rutendo, tine mhando ina. Uya utarise card.
< Ndichauya neMugovera.

tinashe sales 12 16:00 rudo
< Drill ye 13 mm marii?
> US$55 Tinashe, ine guarantee yegore.
< Iri right.

ratidzo sales 10 10:40 farai
< Munovhura nguvai neSvondo?
> Hatizovhuri neSvondo, Ratidzo. Mugovera tinovhura kusvika na one.
< Okay ndatenda.

gamuchirai sales 7 12:05 tendai open
< Ndinoda mukova wesimbi, 900 by 2100.
> Tinawo Gamuchirai, US$95 pamwe nelock.
< Regai ndibvunze murume wangu.
> Hazvina mhosva, Gamuchirai.

anesu sales 5 14:15 farai open
< Makadii, pane tank re 2500 litres?
> Tiripo Anesu. Ririko, US$210.
< Rinokwana mumota yangu here?

memory sales 19 09:35 rudo
< Mhoroi, ndotsvaga mabhegi ematile glue.
> Mhoro Memory. Bhegi i US$13.
< Maviri ndapota.

kudzai sales 26 11:00 tendai
< Pombi yemvura inoita marii?
> Diki i US$85 Kudzai, hombe i US$140.
< Zvakanaka, ndichafunga.

tariro sales 13 08:45 rudo
< Mune mashizha ekuseta tile here, 3 mm?
> Aripo Tariro, pakiti i US$2.
< Mapakiti matatu.

tatenda deliveries 24 09:25 farai
< Mota yasvika here neorder yangu?
> Hongu Tatenda, yakasvika na 9:20.
< Ndatenda chaizvo.

kudzai deliveries 20 10:10 amina
< Mungauya naro ladder kuGlen View here?
> Tinouya naro mangwana, US$6.
< Zvakanaka.

tariro deliveries 11 13:50 farai
< Mapombi asvika mashanu, ini ndakatenga matanhatu.
> Pamusoroi Tariro. Rimwe rakasara mumota, rinouya nhasi masikati.
# Rakawanikwa mumota. Driver azivisa.
< Rasvika.

nyasha deliveries 18 15:10 amina
< Kuendesa kuEpworth kunoita marii?
> US$7 Nyasha, kana zvisingapfuure bhegi gumi.
< Right.

rumbi deliveries 9 08:35 farai
< Ndiri kunze kweguta, mungauya neChishanu here?
> Hongu Rumbi, neChishanu na ten.
< Maita zvenyu.

shingai deliveries 7 11:45 amina
< Driver aripi?
> Ari paMbudzi Shingai, maminetsi gumi.
< Ok ndamuona.

vimbai deliveries 15 09:00 farai
< Mapuranga asvika akanaka. Ndatenda.
> Tinotenda Vimbai.

memory deliveries 4 10:30 amina
< Ndingachinja zuva redelivery here?
> Hongu, mungada riini?
< Muvhuro mangwanani.
> Zvachinjwa, Muvhuro na eight.
`;
