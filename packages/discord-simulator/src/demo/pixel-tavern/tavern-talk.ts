import { parseDialogues } from '../dialogue.js';

/** #general: what a gaming community says between games. */
export const general = parseDialogues(`
a: finally beat the last boss of {game} at 2am and now I can't sleep
b^: congrats! how many tries? ++ 🎉
a: I stopped counting somewhere around {bignumber}
c: rookie numbers
d: the real boss is getting up for work tomorrow ++ 😂 💯

a: hot take: {game} is better with the music off
b: delete this
c^1: I'm sorry WHAT
a: you hear the footsteps so much earlier though
d: ok but at what cost ++ 💀

a: anyone else's launcher stuck on "verifying files"?
b: restart it twice, works for me every time
c^1: mine was fine after I cleared the download cache
a: twice was the magic number, thanks {@b} ++ 🙏

a: what are you all playing this weekend?
b: {coop} with my brother, we're {smallnumber} hours in
c: replaying {game} before the sequel
d: laundry simulator ++ 😂
a^: hard mode?
d: whites and colours together

a: my cat just pressed the power button mid run
b: cat tax please
a: she has been named Alt-F4 from today ++ 😹 ❤️ 🐈
c: best name in this server

a: just got the {device}, what should I install first?
b: {game}, runs beautifully on it
c: emulators and then never touch anything else
d: {coop}. non negotiable
a: installing all three and buying a bigger card then ++ 👍

a: did anyone catch the showcase yesterday?
b: only the last twenty minutes, was it worth it?
a: two trailers I cared about and forty minutes of logos
c^: so a normal showcase
d: the indie block in the middle was great actually ++ 👀

a: petition to rename this channel to "complaining about matchmaking"
b: signed ++ ✍️
c: signed but only because I lost {smallnumber} in a row
d: my team had a guy who was learning the controls. in ranked.
b: we were all that guy once

a: how do people play {game} on a trackpad
b: pain builds character
c: I did it for a whole semester, my wrist still sends me letters
a*: new mouse arrives on {day}, my suffering has an end date ++ 🙌

a: good morning tavern ☕
b: morning! coffee number two here
c: it's 7pm for me but good morning
d: time zones were a mistake ++ ☀️

a: is {game} worth it at {price}?
b: at that price easily, I got {bignumber} hours out of it
c: wait for the summer sale if you have a backlog
a^: I have a backlog older than some members here
c: buy it then, what's one more

a: quick poll: inverted Y axis, yes or no?
b: yes and I will not be taking questions
c: no, I am a normal person
d: yes for planes, no for legs ++ 🛩️
a: {name:d} has the only acceptable answer

a: my little sister watched me play {game} and asked why I keep dying
b: valid question
c: tell her it's a feature
a: I told her it was the tutorial. for {smallnumber} weeks now. ++ 😂 😭

a: I made a playlist of tavern music for {event}, any requests?
b: the shop theme from {game}!
c: anything with too many lutes
a: lutes it is ++ 🎶
d: there is no such thing as too many lutes

a: TIL you can pet the dog in {game}
b: how many hours did that take you
a: {bignumber}. I feel robbed.
c: uninstall and start again, petting only run ++ 🐶 ❤️

a: does anyone have a spare {drop}? trading two of the blue ones
b: I have one, add me: same name as here
a: legend, sending it over now ++ 🤝

a: internet is down, posting from my phone, remember me fondly
b: who?
c: pour one out ++ 🫗
a: RUDE. back in {smallnumber} hours they say

a: I finally understood the crafting system
b: explain it to me like I'm five
a: you put everything in the box and hope
c: that's also how I cook ++ 🍲 😂

a: best snack for a long session? asking for {event}
b: grapes. frozen. trust me
c: popcorn with chopsticks, keeps the controller clean
d: chopsticks is genius, why has nobody told me ++ 🤯

a: three years since I joined this place today
b: happy tavernversary! ++ 🎂 🎉
c: you still owe me a {drop}
a: I was hoping you had forgotten

a: whoever recommended {coop}: thank you, my partner and I haven't spoken to anyone since {day}
b: that would be me, you're welcome
c: you'll be back when you reach the water level
a: {name:c} why would you say that ++ 😨
`);

/** #introductions: newcomers, and people being kind to them. */
export const introductions = parseDialogues(`
a: {hi|hello|hey there} from {Nairobi|Tampere|Montevideo|Cebu|Leeds}, here for {game} and apparently for the soup discussion
b: the soup discussion welcomes you ++ 👋 🍲
c: and so does {game}, we play on {day}

a: I make tiny games in the evenings, nobody has ever played one. hi!
b: link!
c^: seconded, link! ++ 👀
a: after this weekend, it still eats its own save files

a: parent of two, I have exactly forty minutes of free time per day
b: you will love the quick lobby at {hour}, it was made for parents ++ ❤️
c: forty minutes is {smallnumber} rounds of {versus}!

a: came for the speedruns, staying for the cat pictures
b: the usual career here ++ 🐈 👋
c: do you run something?
a: {game}, badly, with joy

a: bonjour, I practise my English here, please correct me
b: your English is better than my French, welcome ++ 👋
c: bienvenue ! On est plusieurs
a: merci, I feel at home

a: hello! returning after two years, what did I miss?
b: one thousand nine hundred people
c: and a rule about soup ++ 😂 👋

a: new here. is it true that you hold weddings in {coop}?
b: twice so far
c: I was the priest. I was also the cake ++ 🎂 😂

a: hi all! found you through a friend, mostly play {game} and too much {coop}
b: welcome! grab a colour in the roles menu and say hi in general ++ 👋
c: another {coop} person, we're winning

a: hello from Lisbon, I draw pixel art and I am bad at every shooter
b: you'll fit right in, welcome ++ 👋 🎨
c^1: would love to see your art in screenshots-and-art!
a: give me a day to find something presentable

a: long time lurker, first time poster
b: the lurker speaks! welcome properly this time ++ 👋
a: thanks, scarier than {game} honestly

a: hey! 34, nurse, play at odd hours. Anyone else on nights?
b: night shift crew unite, there are at least five of us ++ 🌙 🙌
c: we keep the voice channel warm for you

a: hi, my brother {name:b} dragged me here
b: I said please
c: welcome, siblings get a free drink at the bar ++ 🍻
`);

/** #screenshots-and-art */
export const art = parseDialogues(`
a: learned shading this month, before and after of the same goblin
b: he has CHEEKBONES now ++ 😍 👏
c: the second one could run a bank

a: cross stitch of the {game} map, {bignumber} hours, three bleeding fingers
b: museum. now.
c: is the hidden cave in it?
a^: look closely, two green stitches ++ 🤯 ❤️

a: tried to draw everybody from last {day}'s voice chat as mushrooms
b: why am I the poisonous one
a: you know why ++ 🍄 😂

a: isometric tavern, day and night version, {ram} of layers
b: the smoke from the chimney!!
c: can we have this as the banner? ++ 🔥 😍
a: I would be honoured

a: screenshot of {game} where the moon lines up with the tower, waited {smallnumber} in-game nights
= landscape moon-and-tower.png A pale moon over dark hills
b: patience stat maxed ++ 🌙
c: wallpaper, thank you

a: sunset over the harbour in {game}, no filter, ultra settings and a prayer
= landscape harbour-sunset.png Hills and a low sun over the water
b: that's going on my wallpaper rotation ++ 😍
c: how many frames?
a^: {smallnumber}. per minute.

a: finished the commission of {name:b}'s druid! took three evenings
b: I'm crying, look at the little hat ++ 😭 ❤️ 🎨
c: the hat!! do you still take commissions?
a: two slots open for next month, message me

a: photo mode in {game} is stealing my evenings
= landscape photo-mode-3.png Evening light on three ridges
b: the composition on the third one though
a: I moved a lamp for twenty minutes to get it
c: worth it ++ 🔥

a: my base in {coop} is finally symmetrical
b: symmetrical bases are for cowards
c: ignore them it's beautiful ++ 😍 👏
a: I will be framing both comments

a: pixel tavern sign, 64×64, sixteen colours. feedback welcome
b: the lantern glow is perfect
c*: maybe one pixel more on the T? otherwise wow
a^: you're right, it has been bothering me too ++ 🍺 🔥
`);
