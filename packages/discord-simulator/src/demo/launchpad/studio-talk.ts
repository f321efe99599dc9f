import { parseDialogues } from '../dialogue.js';

/** #studio-floor: the whole team. */
export const studioFloor = parseDialogues(`
a: {morning|good morning|hello} everyone ☀️ who is in the studio today and who is at home?
b: studio, with pastries
c: home until the plumber has been
d: studio, walking faster now that I know about the pastries ++ 🥐 😂

a: which of you changed the playlist to whale sounds
b: it helps with deadlines
c^: it helps with sleeping ++ 🐋 😂
a: I finished the deck though, so, whales stay

[a=Studio lead]
a: Stand-up moves to {hour} {day}, I am on a call with {client} before
b: 👍
c: could we do it standing for once
a: bold of you ++ 😂

a: the plotter says "feed me" again
b: it wants the matte roll, second shelf
c: who taught it to talk
a: {name:b}, in {month}, and we never undid it ++ 🖨️

a: does anybody have the {client} logo as an actual vector? the one in the folder is a screenshot of a PDF of a screenshot
b: uploading it to the asset library right now
c: we should frame that screenshot ++ 😂
a: got it, thank you, you have saved an afternoon ++ 🙏

a: client said "make it pop" and then hung up
b: bigger, louder, or more orange?
c: the holy trinity ++ 🍊 😂
a: I am sending three versions and calling it strategy

[a=Trainee]
a: first time presenting my own idea to a client today, any advice?
b: say the idea in one sentence, then stop talking
c: bring water. And let the silence work for you
d: you will be great ++ ❤️ 💪
a*: update: they LIKED it

a: lunch: noodles or the place with the good salads?
b: noodles
c: noodles
d: salad, and I will eat it sadly in front of your noodles ++ 🍜 😂

a: it's {name:b}'s birthday {day}, card is on my desk, sign it before noon
b: I can read this channel you know ++ 😂 🎂
a: then act surprised
c: cake is ordered, that part stays secret

a: the coffee machine asks for descaling, this is not a drill
b: I did it last time
c: I did it the time before
a: fine. I will learn a trade today ++ ☕ 👏

a: who has the good camera? need it for {client} {day}
b: in the drawer with a note on it
c: battery is at half, charger is with {name:b}
a: collecting both, thanks

[a=Producer]
# Timesheets, the friendly reminder
a: timesheets until {day} evening please, the {client} ones above all
b: done
c: doing it now, I promise
d: what did I do on Tuesday
a^: you fixed the {format} for two hours and made four people laugh, I wrote it down ++ 😂 🙏

a: fonts question: is this too thin at small sizes?
b: on a phone in the sun, yes
c: one step heavier and you are fine
a: one step heavier it is ++ 👍

a: le dernier à partir éteint l'enseigne, merci 🙏
b: promis
c: hier c'était moi, elle était déjà éteinte
a: alors qui a dansé devant la caméra de sécurité à 19h ++ 😂 👀

a: heads-up, internet maintenance {day} at {hour}, twenty minutes
b: perfect slot for an actual conversation
c: with our mouths? ++ 😮
`);

/** #wins */
export const wins = parseDialogues(`
[a=Designer]
a: the printer called to say the colours are "frighteningly exact" 🖨️
b: put that on the website
c: frighteningly exact is my new bio ++ 😂

[a=Producer]
a: {client} paid early. EARLY. I checked twice
b: screenshot for the museum ++ 😮 🎉

[a=Copywriter]
a: a competitor copied our {client} tone, badly
b: congratulations, you have a school now ++ 😂 🎓
c: with terrible students

[a=Media buyer]
a: lowest cost per click since I keep the sheet: {cost} 🥇
b: frame it next to the feral plotter
c: what did it?
a: fewer words, bigger coat ++ 🧥 👏

[a=Strategist]
a: the workshop with {client} ended with applause. For a *budget slide*
b: who are you
c: teach us ++ 👏 😂

[a=Studio lead]
a: 🏆 {client} signed for another year! Thank you all, that one was earned line by line. ++ 🎉 🥳 👏
b: !!!
c: {drinks|cake|an early evening} on {day} then?
a: obviously ++ 🍾

[a=Media buyer]
a: 📈 the {season} campaign passed {thousands} clicks this morning, at {cost} each
b: that is half of what we promised
c: quiet tears of joy ++ 😭 🎉

[a=Strategist]
a: {client} shared our {format} in their own newsletter and called us "the people who get us"
b: getting that on a mug
c: two mugs ++ ❤️ ☕

[a=Designer]
a: the packaging made it to the shortlist of the {award} 🎨
b: DESERVED
c: the little foil wave did it, I will die on that hill ++ 👏 🔥

[a=Copywriter]
a: overheard on the tram: somebody read our {client} line aloud and laughed
b: that is worth more than an award
c: almost ++ 😂 ❤️

[a=Producer]
a: three campaigns live in one week, zero late files. I am so proud of this lot ++ 👏 💪 🎉
b: it was the colour-coded sheet
a: it was ALWAYS the colour-coded sheet

[a=Trainee]
a: my first ad is on a real bus stop. I took the bus twice to look at it
b: photo! ++ 📸 ❤️
c: only twice? ++ 😂
`);

/** #announcements */
export const announcements = parseDialogues(`
[a=Studio lead]
a: 🏡 From next week the studio dog is allowed on Thursdays too. Meetings about the dog are not allowed. ++ 🐶 ❤️ 😂

[a=Studio lead]
a: 🧾 Rates for freelancers are up for the first time in three years. It was overdue, and it is fair. ++ 👏 ❤️

[a=Producer]
a: 🧭 We tried "no meetings before eleven" for a month. You delivered more, earlier. It stays. ++ 🎉 🙌

[a=Studio lead]
a: 🏅 The Tidewell posters are in the Northern Print annual, page 41. Yes, I counted the pages. ++ 🎉 👏 🔥

[a=Producer]
a: 🎧 New booth for calls next to the window: twenty minutes at most, leave it as you found it. ++ 👍

[a=Studio lead]
a: 🌍 We said no to a client today, because of what they sell. Thank you for saying it before I did. ++ ❤️ 💯

[a=Studio lead]
a: 📣 **Studio day on {day}**: no client calls, phones in the basket, one wild idea each. Lunch is on us. ++ 🎉 🙌

[a=Studio lead]
a: 👋 Please welcome the new freelancers of this week in #studio-floor, they help us with {client} until the end of the month. ++ 👋

[a=Producer]
a: 🗓️ The calendar for {month} is complete. Check your names, swap among yourselves, tell me by {day}. ++ 👍

[a=Studio lead]
a: 📊 Quarter in short: {smallnumber} launches, two awards, one flooded kitchen. Thank you for all of it. ++ ❤️ 👏 😂

[a=Producer]
a: 🔐 New rule for files: client work lives in the asset library, nowhere else. Links in chat are fine, attachments in mails are not. ++ 👍
`);

/** #café-crème: ceux qui parlent français. */
export const cafe = parseDialogues(`
a: J'ai expliqué « coquille » à Wren, il croyait que je parlais de coquillages
b: Dans le dossier Tidewell, ça se défend ++ 🐚 😂
c: On garde l'idée pour l'été

a: Le client demande « plus de punch mais plus doux »
b: Un punch aux fruits, donc
c: Je propose un corps plus grand et moins d'adjectifs
a: Accepté, merci ++ 🙌

a: {name:b}, ta voix off est arrivée, elle est parfaite
b: J'ai lu avec le sourire, comme tu l'avais dit
c: Et avec un palet dans la bouche, on l'entend à la fin ++ 🍪 😂

a: Qui connaît un bon traducteur breton ? Pour deux phrases au dos du coffret
b: Ma tante, elle est intraitable
a: Intraitable, c'est ce qu'il nous faut ++ 👏

a: {Bonjour|Salut|Coucou} les francophones, qui relit mon accroche pour Lanvoz ?
b: Envoie !
a: « Le goût du large, sans quitter la table »
c: J'adore, sauf « sans quitter » qui fait assurance voyage ++ 😂
a: Touché, je retravaille

a: On dit « brief » ou « cahier des charges » avec le client ?
b: « Brief », il le dit lui-même
c: Et « call » non, il a horreur de ça ++ 😄

a: Qui déjeune dehors ? La terrasse du coin a rouvert
b: Moi, à {hour}
c: Je vous rejoins après le point {client}

a: Petite victoire : la biscuiterie a validé les trois visuels du premier coup
b: Du premier coup ? Tu as mis quoi dans les biscuits ++ 🍪 😂
a: Du beurre salé, comme tout le monde

a: Question typo : espace fine avant le point d'exclamation, on l'oublie encore dans les exports
b: Je l'ai mise dans la feuille de style
c: Merci, mes yeux te remercient ++ 🙏

a: Pascal a trouvé un imprimeur à Brest qui fait du gaufrage sur papier recyclé
b: Échantillons ?
a: Ils arrivent {day} ++ 😍
`);
