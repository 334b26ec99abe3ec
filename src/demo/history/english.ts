/** What was said in English, newest last. How it is written: `read-talks.ts`. */
export const english = `
tapiwa sales 30 09:14 rudo
< Morning. Do you have the 20 mm conduit in white?
> Morning Tapiwa. White and black, US$1.20 a length.
< I will take 30 white.
> They are at the counter under your name.

precious sales 29 10:02 farai
< Hi, what does it cost to cut mirrors to size?
> Hi Precious. US$3 a cut, the glass is US$22 a square metre.
< Good, I will bring the measurements on Friday.

edmore sales 28 08:40 tendai
< Is the 5 litre fuel can metal or plastic?
> Both. The metal one is US$14, plastic US$6.
< Plastic is fine, thanks.

innocent sales 27 14:25 rudo
< Good afternoon, I need a quotation for a three roomed house, wiring only.
# Ask him for the plan before we price it, last year his list was short of two circuits.
> Good afternoon Innocent. Please send us the plan or the number of points, then I will price it today.
< 14 lights, 11 plugs, one stove.
> US$312 with the distribution board. The quotation is at the counter with a stamp.
< That is what I expected. Thank you.

patience sales 26 11:10 farai
< Do you sell to Lusaka?
> We do, Patience. The bus takes parcels up to 30 kg on Tuesdays and Fridays.
< And how do I pay?
> By transfer before it leaves. We send you the bus ticket number.
< Okay, let me talk to my husband.

tonderai sales 25 07:55 rudo
< The generator I bought does not start when it is cold.
> Sorry about that Tonderai. Please pull the choke fully out and wait ten seconds before you start it.
< It worked!
> Good to hear. If it happens again bring it in, it is under guarantee until June.

godfrey sales 24 15:30 tendai
< How much are the wheelbarrows?
> US$38 with a solid wheel, US$34 with a tube.
< Solid please, I am coming now.

lovemore sales 23 09:45 farai
< Do you buy scrap copper?
> We do not, Lovemore. Try the yard behind the bus terminus.
< Thanks for being honest.

loveness sales 22 12:20 tendai
< Hello, I need 12 door handles that look the same.
> Hello Loveness. We have 14 of the brushed ones at US$9 a pair.
< Please put 12 aside until Saturday.
> Done, they wait under Chirwa.

mwansa sales 21 10:05 rudo
< Which paint do I use on a roof that has rusted a little?
> First the red oxide, one coat, then two coats of roof paint. For 60 square metres that is 5 and 20 litres.
< And how long does it last?
> About six years if it dries well between the coats.

kelvin sales 20 08:15 farai
< Are you open on Heroes' Day?
> From eight to one, Kelvin.
< Great.

sibongile sales 19 13:40 rudo
< I paid for two doors and my invoice says three.
# She is right: I charged the sample too. Refund done at the till, slip 4471.
> You are right Sibongile, that was our mistake. US$64 is back on your card, here is the slip number: 4471.
< Thank you for the quick answer.

sarah sales 18 09:30 tendai
< What is the smallest water pump you have?
> 0.5 horsepower, lifts to 30 metres, US$85.
< My well is 22 metres so that will do.
> It comes with the fittings. Shall we keep one?
< Yes please, name Makoni.

lerato sales 17 16:05 farai
< Hi! Do you have tile adhesive for glass tiles?
> Hi Lerato. Yes, the white one, US$13 for 20 kg.
< Two bags then.

ishmael sales 16 07:48 rudo
< We are building a clinic in Murewa and need prices for 200 bags of cement.
> Good morning Ishmael. For 200 bags it is US$10.80 each, delivered to Murewa US$90 for each truck of 100.
< The committee sits on Monday, I will come back.
# Big one. Call the committee's chair on Tuesday if they have not answered.
> Please do. The price stands for 14 days.

palesa sales 15 11:55 tendai
< Do the solar lights switch on by themselves?
> They do, when it gets dark. US$18 each, or US$65 for four.
< Four please.

clever sales 14 14:10 farai
< The lock you sold me has only one key.
> Sorry Clever, there should be three. Bring the packet and we open a new one.
< I threw the packet away.
> Then bring the lock, that is enough.

naledi sales 13 10:35 rudo
< Hello, can I return a drill bit that is the wrong size?
> If it was not used, yes, within seven days.
< Not used.
> Then we change it at the counter.

oliver sales 12 08:05 tendai
< I am in Blantyre. Do you send ladders?
> Hello Oliver. Not ladders, the bus does not take them. Everything under two metres we send.
< Pity. Thanks anyway.

judith sales 11 15:15 farai
< How many bags for a slab of 4 by 5 metres?
> At 10 cm thickness about 14 bags, and two cubes of river sand with one of stone.
< You are a star.

bongani sales 10 12:45 rudo
< Is there a discount for contractors?
> From US$500 a month we give five per cent, Bongani. Come in with your registration and we open the account.
< I will come on Thursday.

esther sales 8 09:20 tendai
< Can you mix a paint like this colour: very light green, like mint?
> We can. Choose the number from the card at the counter, it takes ten minutes.
< Perfect.

wellington sales 6 13:05 farai open
< Are the plastic tanks UV protected?
> Yes, ten years, Wellington. 2,500 litres is US$210, 5,000 is US$395.
< Let me measure the stand first.
> Please do, it must carry three tons.

miriam sales 4 10:50 tendai open
< I need someone to install a geyser, do you know a plumber?
> We do not install, Miriam, but Mr Chikoto works for many of our customers. Shall I give him your number?
< Yes, please do.
> He will call you, Miriam.
# Called Mr Chikoto, no answer. Try again in the evening.

chipo sales 24 09:05 rudo
< Hi, how long does it take to get a gate made?
> About ten working days Chipo, from US$180.
< Okay, not now then.

nomvula sales 20 14:30 farai
< Do you have geysers for 150 litres?
> From the supplier in Bulawayo, within a week. US$340.
< I will ask my mother.

simba sales 9 11:40 tendai
< I want the 13 mm drill, is it still US$55?
> It is, Simba, with a guarantee of one year.
< Taking it.

brian sales 15 08:50 rudo
< Do you sell cable ties in bulk?
> 500 in a bag, US$7.
< Nice, two bags.

chipo deliveries 22 10:15 amina
< Where is order 1102?
> On the truck, Chipo. About 30 minutes to you.
< Thank you.
> Delivered at 10:52, signed by Mai Marufu.

nomvula deliveries 27 08:30 farai
< Can you deliver in Highfield on a Saturday?
> Until noon, Nomvula. US$8 for anything that fits on the small truck.
< Good to know.

brian deliveries 18 14:50 farai
< The driver left a roll of cable too many.
> Thank you for telling us Brian! He picks it up tomorrow on his way.
< No problem.

blessing deliveries 25 09:40 amina
< Is my parcel on the bus?
> It left at six with the Kafue coach, ticket 88213.
< Got it, thanks.

thabo deliveries 16 11:20 farai
< Do you deliver steel doors or do I collect?
> We deliver in Harare for US$15, two men carry it in.
< And if there are stairs?
> One floor is included.

simba deliveries 12 15:45 amina
< Nobody was here when you came, can you come again?
> We come again tomorrow between nine and eleven, Simba.
< I will be there.

ruth deliveries 21 07:35 farai
< Please call before the truck comes, the gate is locked.
> We will. The driver has your number.
# Gate code 4. Do not put it on the delivery note.

kagiso deliveries 9 12:30 amina
< Has the paint left for Francistown?
> It left on Thursday with the bus, you can collect from four.
< Collected. Thank you!

grace deliveries 14 10:25 farai
< My delivery came without the hinges.
> Sorry Grace, they were packed with another order. A motorbike brings them within the hour.
< They are here.

peter deliveries 19 16:20 farai
< Can the truck wait while I go to the bank?
> Twenty minutes, Peter, then it has to go on to Norton.
< I will hurry.

tapiwa deliveries 11 08:55 amina
< Change of address for 1131: 14 Lobengula Road, not 41.
> Changed, Tapiwa. The driver confirms.

tonderai deliveries 8 13:15 farai
< Is there a truck to Chitungwiza today?
> At two, with space for about ten bags.
< Put me on it please. Seven bags.
> You are on it. US$10.

precious deliveries 7 09:10 amina
< The mirror arrived broken.
> We are very sorry, Precious. Please keep the pieces and send a note of the size, a new one is cut today.
< 60 by 90 with round corners.
# Third broken mirror this month. They need the wooden crate.
> It comes tomorrow in a wooden crate, before noon.

innocent deliveries 13 07:50 farai
< Three rolls and the board came. All good.
> Thank you for checking, Innocent.

lovemore deliveries 17 10:45 amina
< How late do you deliver?
> The last truck leaves at four.
< Okay.

sibongile deliveries 10 14:05 farai
< Please leave the doors with my neighbour at number 9.
> We will. What is the neighbour's name?
< Mrs Khoza.
> Delivered at 15:20, received by Mrs Khoza.

mwansa deliveries 15 11:35 amina
< Customs asks for an invoice for the roof paint.
> It is inside the lid of the first tin, Mwansa, and a copy went to the driver.
< Found it.

lerato deliveries 6 08:20 farai
< Good morning, are you bringing the adhesive today?
> Good morning Lerato. Yes, with the nine o'clock round.
< Lovely.

wanjiku deliveries 5 15:00 amina open
< Do you ship to Nairobi?
> Only small parcels, Wanjiku, by courier. About a week.
< What would 4 kg cost?
`;
