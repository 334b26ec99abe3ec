/** What was said in Swahili. */
export const swahili = `
baraka sales 28 09:20 amina
< Habari, mna misumari ya inchi tatu?
> Nzuri Baraka. Ipo, dola 2.50 kwa kilo.
< Nitachukua kilo nne.
> Karibu, tumekuwekea.

neema sales 26 13:15 amina
< Habari za mchana. Rangi nyeupe lita ishirini ni bei gani?
> Nzuri Neema. Dola 38 ya ndani, dola 44 ya nje.
< Asante.

zawadi sales 23 10:30 amina
< Pampu mliyoniuzia haivuti maji.
> Pole Zawadi. Tafadhali jaza bomba maji kwanza, kisha uiwashe.
< Imefanya kazi, asante sana!

omari sales 21 08:35 amina
< Je, mnatuma mizigo Mbeya?
> Ndiyo Omari, kila Jumatano kwa basi. Hadi kilo thelathini ni dola 12.
< Sawa, nitaagiza wiki ijayo.

wanjiku sales 19 15:50 amina
< Hello, do you have the yellow paint for road lines?
> We do, Wanjiku. US$52 for 20 litres.
< Asante, nitarudi.

akinyi sales 17 11:05 amina
< Mnauza taa za jua?
> Ndiyo Akinyi, dola 18 moja, dola 65 kwa nne.
< Nne tafadhali.
# Alilipa kwa M-Pesa, risiti 21120.

hamisi sales 14 09:40 amina
< Nahitaji mabati ya mita tatu, ishirini na nne.
> Yapo, Hamisi. Dola 21.60 kila moja, jumla dola 518.40.
< Naomba punguzo kidogo.
> Kwa ishirini na nne tunaweza dola 500.
< Nimekubali.

rehema sales 12 14:20 amina
< Mnafunga saa ngapi?
> Saa kumi na moja jioni, Rehema.

kipchoge sales 9 10:10 amina open
< Nataka mlango wa chuma na kufuli.
> Dola 95 pamoja na kufuli, Kiprono.
< Nitapima kwanza.
> Sawa, karibu wakati wowote.

salma sales 6 12:30 amina
< Je, tangi la lita elfu mbili na mia tano lipo?
> Lipo, Salma, dola 210.
< Nitakuja kesho.

asha deliveries 20 08:45 amina
< Mzigo wangu uko wapi?
> Uko njiani, Asha. Utafika saa sita.
< Nimepokea, asante.

otieno deliveries 15 11:20 amina
< Tafadhali mpigie dereva, hajui njia.
> Tumempigia, Juma. Anakuja kwa barabara ya shule.
< Amefika.

baraka deliveries 13 09:15 amina
< Naomba mzigo uletwe Jumamosi.
> Sawa Baraka, Jumamosi saa nne.

zawadi deliveries 9 14:05 amina
< Kuna katoni moja imepasuka.
> Pole sana Zawadi. Tuma idadi ya vilivyoharibika, tutaleta vingine.
< Vigae vitatu tu.
# Vigae 3 vya 40 x 40, vimetoka ghala namba mbili.
> Vitatu vinakuja kesho asubuhi.

hamisi deliveries 4 10:00 amina
< Mabati yamefika yote ishirini na nne.
> Asante kwa kutuambia, Hamisi.
`;
