import { parseDialogues } from '../dialogue.js';

/** #general, once the tavern had become a big one. */
export const busyGeneral = parseDialogues(`
a: {ok|alright|so} who else is stuck in the queue for {game}
b: position {bignumber}00 and it is going UP
c: I closed mine by accident at position {smallnumber}. I am fine. ++ 😭 💀
a: stay strong {name:c}

a: what is the first game you ever finished?
b: a platformer on a demo disc, all {smallnumber} levels of it
c: {game}, does 100% count as finishing
d: I have never finished a game in my life and I am not starting now ++ 😂 🫡

a: the new {game} patch notes are out and they fixed the ladder
b: THE ladder?
c^: the ladder. {bignumber} hours I jumped around that thing ++ 🪜 🎉

a: my controller drifts so badly my character just left the map
b: sounds like freedom
c: isopropyl and a cotton swab, gentle circles, thank me later
a*: it worked, back on the map, slightly sad about it ++ 🙏

a: is it just me or is {versus} full of smurfs {tonight|this week|since the reset}
b: it's the reset, give it ten days
c: I got carried by a level {bignumber2} called "mymumplays" so I'm not complaining ++ 😂

a: lunch break poll: soup or sandwich
b: {soup|sandwich|leftovers from yesterday}
c: a sandwich is a dry soup
d: please ban {@c} ++ 🥪 ⚖️ 😂

a: {does anyone know|who knows} how long {raid} takes with a group of strangers?
b: anywhere between ninety minutes and a lifelong friendship
c: bring someone who knows the third phase, seriously
a: volunteering?
c: ...{hour} works for me

a: my partner asked "who are these people you laugh with at night"
b: tell them we are a book club
c: we did read the wiki once ++ 📚 😂

a: played {coop} with my dad yesterday, he builds roads. only roads.
b: somebody has to
c: is he looking for a guild, we need roads
a^: I'll ask him after his nap ++ ❤️ 🛣️

a: who else collects {drop}s without ever using one
b: what if I need it later
c: the credits roll and I have {bignumber} potions, as tradition demands ++ 🧪

a: {name:b} how was the move?
b: done! internet arrives on {day}, until then I am reading your messages on the stairs
c: stairs arc ++ 🏠 ❤️

a: spoiler free opinion on the ending of {game}?
b: brings tissues
c: brings questions
d: brings a {price} expansion in spring ++ 😂

a: woke up to {bignumber2} notifications, what did I miss
b: we argued about soup
c: and somebody found a new skip in {game}, look in the pins of speedrun-corner ++ 👀

a: small win: talked to people in voice for the first time today
b: proud of you, the first one is the hardest boss ++ ❤️ 🎉 👏
c: you were great, that Bakery story was the best part of my evening

a: it is raining, the tea is hot, {game} is downloading. life is good
b: screenshot this moment, the download has {smallnumber} hours left
a: life is slow but good ++ ☕ 🌧️

a: recommend me something short, I have one evening and no patience
b: {game}, four hours, no filler
c: {coop} if you can rope in a friend
a: friend roped, thank you both

a: PSA: the {device} dock is {price} off today
b: my wallet asks you to stop
c^: mine says thanks, it was due anyway ++ 💸

a: anyone from {Brazil|Japan|Nigeria|Finland|Mexico|India} awake at this ungodly hour?
b: here, it's a very godly hour on this side
c: time zones: the real endgame ++ 🌍 😂

a: I think I just beat {name:b}'s best time. by accident. looking for the bathroom
b: I beg your pardon
c: clip or it didn't happen
a: it's uploading, {smallnumber} minutes ++ 🔥 😮

a: do you name your save files or are you a monster
b: "final", "final2", "final2 real"
c: I name them after what I was eating ++ 🍕 😂
`);

/** #speedrun-corner */
export const speedruns = parseDialogues(`
[a=Speedrunner]
a: route question for {game}: bridge first or mill first if you cannot do the clip?
b: mill, the bridge guard remembers you otherwise
c: mill. I learned it {bignumber} times ++ 💡

a: is there a beginner race this month? asking for a nervous friend
b: the nervous friend is welcome on {day}, {hour}, we all start together
c: nobody is watched, everybody is cheered ++ ❤️ 🏁

[a=Speedrunner]
a: the leaderboard for {game} accepted the run, {smallnumber} of us are in the top hundred now
b: the tavern is a speed school ++ 🔥 🎉
c: and I am the caretaker

a: my splits say best possible time and my hands say soup
b: breathe out at the loading screens
c: and unclench your jaw, it saves a second ++ 😂 🙏

[a=Speedrunner]
a: frame counting {name:b}'s run: it is {bignumber2} frames faster than you thought
b: say that again, slowly, with feeling
a: {bignumber2}. frames. faster. ++ 🎉 🔥

[a=Speedrunner]
# New skip in the harbour of {game}
a!: found a way past the harbour gate in {game}, saves about {bignumber2} seconds, write-up below
b: frame perfect or human possible?
a: there is a two frame window, I get it one time in three
c: got it on my ninth try, the trick is to look down ++ 🔥 👏
d: adding it to the route sheet today

[a=Speedrunner]
a: new personal best in {game} any%! still {bignumber2} seconds behind {name:b}
b: I feel you breathing down my neck
c: race on {day}? ++ 🏁
a: race on {day}.

a: which timer do you all use these days?
b: the old one, it only crashes on good runs
c: same, it knows ++ 😂

[a=Speedrunner]
a: reset count today: {bignumber}. runs finished: one. run good: no.
b: that is the sport ++ 🫡
c: you had that first split though

a: is a category for "everybody's first playthrough" a thing?
b: it should be, mine would be {bignumber} hours
c: glitchless by incompetence ++ 😂 👏

[a=Speedrunner]
# Relay for {event}
a: planning a relay for {event}: four legs of {game}, who runs which?
b: I take the caves, I dream of the caves
c: last leg please, I like pressure
a: then {name:d} does the desert
d: nobody ever asks the desert how it feels ++ 🏜️ 😂
`);

/** #pets-and-food */
export const pets = parseDialogues(`
a: the rabbit has opinions about my choice of snacks during {versus}
b: are the opinions "mine"
c: the opinions are always "mine" ++ 🐰 😂

a: tried the recipe {name:b} posted, the kitchen is a crime scene, the bread is divine
b: both are part of the recipe ++ 🍞 ❤️
c: how long did it rest?
a: longer than I did

a: foster dog update, day {smallnumber}: he has discovered stairs. he has not discovered coming back down
b: carry service, level one
c: please never stop posting these ++ 🐶 😭 ❤️

a: is cold pizza breakfast food
b: it has bread, it has cheese, it has a vegetable. that is a balanced meal
c: my nutritionist left the server ++ 🍕 😂

a: the dog learned to open the fridge. send thoughts and a lock
b: he has earned whatever is in there
c: child lock, lowest door, worked for mine until {day} ++ 🐶 😂

a: made {ramen|dumplings|a tray of focaccia|far too much curry} for {event}, everybody is invited who can get here in an hour
b: I can smell it through the text
c: recipe! ++ 😋 🍜
a: it is mostly butter and optimism

a: kitten update: she fits into my shoe, and that is where she lives now
b: shoe goblin ++ 😹 ❤️ 😍
c: name??
a: Sneaker. obviously

a: does anyone else's cat only want attention during ranked
b: they can sense stakes
c: mine sits ON the keyboard, top {bignumber2}% of players with half a cat in the frame ++ 🐈

a: parrot of a friend has learned the level up sound of {game}
b: oh no
a: he uses it when somebody leaves the room ++ 🦜 😂 💀

a: first tomatoes from the balcony. both of them.
b: congratulations to the happy parents ++ 🍅 ❤️
c: what are their builds
`);

/** #clips */
export const clips = parseDialogues(`
a: I present: the worst parry in recorded history https://clips.tavern.example/{clip}
b: the confidence before it makes it art
c: he bowed. the boss BOWED ++ 😂 👏

a: https://clips.tavern.example/{clip} new dance of the {versus} lobby
b: we rehearsed for {smallnumber} minutes
c: it shows and it doesn't ++ 💃 😂

a: https://clips.tavern.example/{clip} last second win with the cat on the desk
b: the tail in the frame, the pressure, the cinema
c: MVP: cat ++ 🐈 🏆

a: accidental teamwork, volume up: https://clips.tavern.example/{clip}
b: "who threw that" "me" "who ARE you"
c: and that is how we got our healer ++ ❤️ 😂

a: four man save with nothing but a shovel: https://clips.tavern.example/{clip}
b: the SHOVEL ++ 🔥 💀
c: I was the third person saved, I owe you my stuff

a: https://clips.tavern.example/{clip} listen to {name:b} realising it is not the practice lobby
b: delete this
c: pinned in my heart ++ 😂 😂 ❤️

a: how not to park a spaceship: https://clips.tavern.example/{clip}
b: the dock had it coming
c: insurance wants to know your location ++ 🚀 💥

a: caught the bird landing on the boss in {game}, https://clips.tavern.example/{clip}
b: the bird has more courage than our tank ++ 🐦 😂
c: our tank is in this channel
d: the tank agrees
`);
