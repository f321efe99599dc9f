import { parseDialogues } from '../dialogue.js';

/** #looking-for-group */
export const lookingForGroup = parseDialogues(`
a: LFG {coop}, need {two} more, around {hour} UTC
b: me me me ++ ✋
c^1: in, is a fresh character fine?
a: fresh is perfect, we start from zero
b: see you in voice at {hour}

a: looking for a healer for {raid}, we have everything else
b: I can heal if nobody minds that I read the guide while doing it
a^: we all do that ++ 😂
c: invite sent

a: anyone for ranked {versus}? gold-ish, no shouting
b: plat but I shout only at myself
a: accepted
c: room for a third?
a: {name:c} hop on ++ 🎮

a: chill {coop} evening on {day}, no goals, only vibes
b: bringing the vibes ++ ✨
c: bringing the snacks
d: I can host, my connection survived last time

a: need one person for the {raid} achievement, takes an hour tops
b: "an hour tops" they said last {day}
a: we have a plan this time
b: fine. one hour. I'm setting a timer ++ ⏲️
c: I want to be there when the timer rings

a: duo for {versus} right now?
b: give me ten minutes, finishing dinner
a: deal, warming up

a: EU or NA for {raid} tonight?
b: EU please, my ping begs you
c: I can do either
a: EU it is, {hour} UTC sharp ++ 🇪🇺

a: {coop} newbie here, would anyone show me the ropes?
b: yes! I love tutoring, today at {hour}?
a: that's perfect, thank you so much ++ ❤️
c: {@b} is the best teacher, you'll be faster than us in a week

a: two seats free in our {versus} custom lobby, password is the usual
b: the usual usual or the new usual
a: the new usual ++ 🤐

a: cancelled plans, suddenly free. what's running?
b: we're three in {coop}, come
c^1: or {versus}, we're losing and could use luck
a: luck first, then coop
`);

/** #game-night: planning the weekly evening. */
export const gameNight = parseDialogues(`
[a=Event Host]
a: 🎲 Game night this {day} at {hour} UTC! Vote: 1️⃣ {coop} 2️⃣ {versus} 3️⃣ party games ++ 1️⃣ 2️⃣ 3️⃣
b: party games, my reflexes are on holiday
c: {coop} for me
a: closing the vote tomorrow evening

[a=Event Host]
a: bracket for the {versus} cup is up, {bignumber2} people signed in 😮
b: who do I play first?
a: {@c}, good luck
c: prepare to be politely defeated ++ 😤 🔥

a: can we do a trivia round before the games?
b: yes if {name:a} writes the questions
a: I walked into that one
c: no questions about lore of {game} please, some of us have lives

[a=Event Host]
a: thanks for coming yesterday, {bignumber2} of you stayed until midnight! ++ 🎉 ❤️ 🍻
b: best one so far, my voice is gone
c: rematch when
a: next {day}, same time

a: stream keeps dropping frames on game night, is it me or the host?
b: host here, sorry, someone was backing up their phone
c: name and shame
b: it was me ++ 😅

[a=Event Host]
a: reminder: bring a mic or be ready to type very fast
b: typing fast is my whole personality
c: mic bought, dog not included in the mute button ++ 🐶

a: what's the prize this time?
b: eternal glory and a {drop}
a: you had me at {drop}
`);

/** #hardware */
export const hardware = parseDialogues(`
a: is {ram} enough in {year}, or should I go straight to double?
b: enough for games, not for games plus two hundred browser tabs
a: so double then
c: know thyself ++ 😂

a: my GPU hits {temp} °C in {game}, normal?
b: bit warm, when did you last clean the filters?
a: ...filters?
c: oh no
a*: update: a whole cat came out of there. {temp2} °C now ++ 🧹 👏

a: mechanical keyboard people: linear or tactile?
b: tactile, always
c: linear, my flatmates vote with me
d: buckling spring, I have no flatmates anymore ++ 😂 ⌨️

a: {device} fan is whining, is that covered by warranty?
b: yes, they replaced mine within two weeks
a: did you have to send the whole thing?
b: whole thing, take the SD card out first ++ 💡

a: best budget monitor around {price}? 1440p if possible
b: look for last year's models, same panels
c: I have a 27" IPS from the outlet, no complaints after {bignumber2} months
a^: link in DM please? ++ 👍

a: built my first PC!!! it posts!!!
b: CONGRATULATIONS ++ 🎉 🥳 💻
c: cable management photo or it didn't happen
a: I'd rather not talk about the cables

a: undervolted the {device}: {smallnumber} degrees cooler, same frames
b: which tool?
a: the one built into the BIOS, took five minutes
c: trying this tonight, thanks ++ 🔥

a: why does my headset only work in the left ear
b: cable or jack, swap them to find out
a: swapped: it was the jack. contact spray for the win
c: contact spray fixes everything but my aim ++ 😂
`);

/** #announcements */
export const announcements = parseDialogues(`
[a=Owner]
a: 🌙 We are two thousand! Thank you for every hello in introductions. The anniversary lantern stays lit all week. ++ 🎉 ❤️ 🥳

[a=Admin]
a: 🛡️ Somebody is sending fake gift links in direct messages. The staff never asks for your password. Report, block, move on. ++ 🙏 👍

[a=Admin]
a: 🧵 New: help-desk now has one thread per question, so answers stay where they belong. ++ 👏

[a=Owner]
a: 🎁 The winners of the screenshot contest are in screenshots-and-art. The lighthouse won by four votes, and I needed a minute. ++ 😍 🏆

[a=Admin]
a: 🔧 Voice moved to a closer machine for most of Europe. If your ping got worse, tell us where you live (roughly!). ++ 👍

[a=Admin]
a: 🐾 pets-and-food is open. Cat tax is due on arrival, dogs pay the same rate. ++ 🐈 🐶 😂

[a=Owner]
a: 💛 {name:a} here with something personal: thank you for the messages last week. This table held me up. ++ ❤️ 🫂

[a=Admin]
a: 🏁 speedrun-corner has a route sheet now, kept by our runners. Be kind to newcomers, they will beat you soon enough. ++ 🔥

[a=Admin]
a: 🏆 **Monthly cup**: sign-ups for the {versus} tournament are open until {day}. Teams of three, all skill levels, prizes from the snack chest. ++ 🎉 🔥 🏆

[a=Admin]
a: 🛠️ We tidied the roles: pick your colour and your games in the roles menu. Nothing was lost, promise. ++ 👍 ❤️

[a=Admin]
a: 📅 Game night moves to **{day}, {hour} UTC** for the coming month, so that our friends overseas can join. ++ 🌍 👏

[a=Owner]
a: ❤️ Five years of Pixel Tavern this month. Thank you for being the kindest corner of the internet. Cake in voice on {day}. ++ 🎂 ❤️ 🥳 🍻

[a=Admin]
a: 📜 A small change to rule 4: spoilers for {game} go behind spoiler tags until the end of the month. ++ 👍 🙏
`);

/** #staff-room: only the staff sees it. */
export const staff = parseDialogues(`
a: AutoMod caught {smallnumber} gift scams this week, none got through
b: the wildcard rule earns its keep
c: one false alarm: somebody thanked a friend for a real gift. I apologised ++ 👍

a: the trial for the new event host is over, thoughts?
b: calm, prepared, funny
c: yes from me
a: promoting after game night then ++ 🎉

a: {name:b}, your shift on {day} overlaps with mine, swap?
b: gladly, mornings are for people with hope
a: done, calendar is right now

a: a member asks to have their old messages removed
b: I'll help them, it is fewer than {bignumber2}
c: thanks, please note it in the shared notes ++ 🙏

a: voice was loud yesterday after midnight, one warning given, all fine since
b: saw it, well handled
c: Table Two is for the loud ones, let's say so in the topic

a: two reports about the same link in general, removed both messages
b: thanks, I timed the account out for a day
c: looks compromised rather than malicious, I'll write to them ++ 👍

a: {name:b} can you take game night this week? I'm travelling
b: sure, send me the bracket link
a: you're the best ++ ❤️

a: new people today: {smallnumber}, all quiet so far
b: one of them asked about rules twice, I like them already
c: promote immediately ++ 😂

a: should we slow looking-for-group down in the evening? it scrolls fast
b: thirty seconds maybe
c: let's watch it for a week first
a: fine with me

a: someone appealed their timeout from {day}, I think they mean it
b: read it too, let's lift it early
c: agreed, with a friendly note ++ 👍

a: who pinned the cat?
b: the cat pinned itself
c: leave it, morale is up ++ 🐈 😂

a: draft for the anniversary post is in the shared notes, please read until {day}
b: read it, I'd cut the last sentence
a^: cut. thanks!
`);
