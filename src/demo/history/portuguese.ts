/** What was said in Portuguese. */
export const portuguese = `
pedro sales 29 09:10 tendai
< Bom dia, têm varão de 12 mm?
> Bom dia Pedro. Temos, a 9 dólares cada um.
< Preciso de quarenta.
> Ficam separados até sexta-feira.

helder sales 28 14:35 tendai
< Boa tarde. Quanto custa um saco de cimento?
> Boa tarde Hélder. 11,50 dólares, ou 10,80 a partir de cem sacos.
< Obrigado.

amelia sales 26 10:55 amina
< As dobradiças que comprei são pequenas demais.
> Pode trocá-las, Amélia. Traga o talão, por favor.
< Não tenho o talão.
> Não faz mal, encontramos a compra pelo seu número.
# Talão 20733, trocar pelas de 100 mm.

graca sales 24 08:20 tendai
< Têm torneiras para jardim?
> Sim Graça, de plástico a 3 dólares e de latão a 8.
< De latão, duas.

armando sales 22 15:45 tendai
< Qual é a diferença entre as duas tintas?
> A mais barata é só para dentro, Armando. A outra aguenta a chuva.
< Então a outra, vinte litros.
> São 44 dólares.

nelson sales 20 11:25 amina
< Vendem para Chimoio?
> Vendemos, Nelson. O autocarro leva encomendas às terças e sextas.
< Quanto custa o transporte?
> Até trinta quilos são 9 dólares.

fatima sales 17 09:30 tendai
< Bom dia. A bomba de água faz muito barulho.
> Bom dia Fátima. Está bem nivelada? Se sim, traga-a e vemos de graça.
< Vou ver e já digo.
< Estava torta. Agora está bem!

ines sales 15 13:10 amina
< Aceitam M-Pesa?
> Aceitamos, Inês. O número está na factura.
< Óptimo.

abdul sales 13 16:15 tendai
< Preciso de parafusos para chapa, mil unidades.
> Temos, Abdul. 26 dólares a caixa de mil.
< Uma caixa.

rosa sales 11 10:05 amina
< Têm tijoleira branca?
> Temos 30 por 30 e 40 por 40. Qual prefere?
< 40 por 40, doze metros quadrados.
> São 132 dólares, Rosa.
< Passo amanhã.

zito sales 8 08:50 tendai open
< Bom dia, fazem portões à medida?
> Fazemos, Zito. Dez dias úteis, a partir de 180 dólares.
< Vou tirar as medidas.
> Fico à espera, Zito.

luisa sales 5 12:40 amina
< Qual é o horário ao sábado?
> Das oito à uma, Luísa.

joao sales 21 14:00 tendai
< Têm rolos de lã para pintar?
> Temos, João, a 4 dólares.
< Guardem três.

maria sales 18 09:55 tendai
< Uma fechadura para porta de madeira, por favor.
> A mais vendida custa 12 dólares e traz três chaves, Maria.
< Levo uma.

carlos sales 16 11:10 amina
< A mangueira de 20 metros ainda está em promoção?
> Até domingo, Carlos. 9 dólares.
< Duas, por favor.

joao deliveries 19 10:40 amina
< A tinta chega hoje?
> Chega antes do meio-dia, João.
< Chegou.

maria deliveries 12 15:25 amina
< Podem entregar depois das cinco?
> O último carro sai às quatro, Maria. Pode ser amanhã de manhã?
< Pode.
> Fica para as oito.

celia deliveries 23 09:05 amina
< As torneiras vieram sem as juntas.
> Desculpe, Célia. Seguem hoje na mota.
# Verificar as outras caixas do mesmo lote.
< Recebi, obrigada.

pedro deliveries 14 07:45 amina
< O camião está muito longe?
> Está em Machipanda, na fronteira. Cerca de três horas.
< Fico à espera.
> Entregue às 11:20.

amelia deliveries 10 13:35 amina
< Mudei de casa. A nova morada é Rua do Zambeze, 18.
> Obrigada Amélia, já mudámos.

armando deliveries 8 10:20 amina
< Entregam em Tete?
> Às quintas-feiras, Armando. 35 dólares até meia tonelada.
< Combinado.

fatima deliveries 3 14:55 amina open
< Quem recebeu a encomenda?
> O seu irmão, Fátima, às 14:10. Temos a assinatura.
< Está bem.
> Obrigada pela paciência, Fátima.
`;
