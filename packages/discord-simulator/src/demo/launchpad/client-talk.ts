import { parseDialogues } from '../dialogue.js';

/** #tidewell-internal: sparkling water, dry humour. */
export const tidewellInternal = parseDialogues(`
[a=Copywriter]
a: Tidewell label, back side, 90 characters left. Suggestions?
b: "Best before you think about it."
c: "Shake nothing. Open slowly. Listen."
a: the second one, they'll love the listening ++ 🌊 👏

[a=Designer]
a: the coat is back from the dry cleaner. it no longer looks wet
b: spray bottle, glycerine, patience
c: I have never been so worried about a coat ++ 🧥 😂
a*: it is wet again. emotionally and physically

[a=Strategist]
a: Greta asks for an idea for trade fairs: small stand, no budget, loud neighbours
b: silence. a booth where it is quiet and you get a glass of water
c: people will queue for the quiet ++ 🤯 🔥
a: sending that to her before we get used to it

[a=Media buyer]
a: Tidewell cinema spots are cheaper on {day}s, the film is made for a dark room
b: and for people with dry throats from popcorn
a: you just wrote my pitch ++ 🍿 😂

[a=Strategist]
a: Tidewell wants "the sea, but not the beach". Ideas?
b: harbour at five in the morning
c: a wet coat on a hook
d^: the coat! nobody does the coat ++ 🧥 👏
a: the coat goes into the deck

[a=Designer]
a: first bottle renders for Tidewell, the embossed wave finally catches light
b: it looks cold. I mean that as praise
c: can the cap be a touch darker?
a*: darker cap is in, much better ++ 🌊

[a=Producer]
# Tidewell shoot: weather plan
a: forecast for the Tidewell shoot is grey until {day}, do we move it?
b: grey is the concept
c: grey is the concept until it rains on the lens
a: then {day}, {hour}, and I bring the big umbrella ++ ☔
d: and a towel for the model

[a=Copywriter]
a: Tidewell radio script: eleven seconds of pouring, four of talking
b: finally a client that pays for silence ++ 😂
c: is it really pouring or is it you with a jug
a: artist's secret

[a=Media buyer]
a: Tidewell outdoor: {smallnumber} sites near stations are free from {day}, shall I hold them?
b: hold them, Greta will say yes
a: held until {hour} tomorrow ++ 👍
`);

/** #tidewell-shared: with the client. */
export const tidewellShared = parseDialogues(`
[a=Client, b=Designer]
a: Small question: may our drivers put the poster on the vans?
b: With pleasure, the vans need another format, I'll draw it today
c: Wet vans, even better ++ 🚚 🌊

[a=Client, b=Strategist]
a: The trade fair was a dream. People whispered at our stand!
b: Whispering is the best applause there is
a: We ran out of water on the second day ++ 🎉 😂

[a=Client, b=Producer]
a: We would like to show the film to our sales team on {day}. Is there a version without the music?
b: There is: https://review.launchpad.example/{doc}. The pouring is louder in it
a: They will love the pouring ++ 👏

[a=Producer, b=Client]
a: Print run confirmed: posters at the stations on {day}, {hour}. We will send a picture from each
b: I will stand in front of mine like a tourist
c: Please send that one too ++ 📸 😂

[a=Client, b=Strategist]
# Ideas for next summer
a: Could we begin to talk about next summer? No hurry, only first thoughts
b: With pleasure. We keep the coat, and take it off halfway
a: I had hoped for exactly this sort of sentence
c: Workshop in three weeks? Two hours, at the harbour
a: At the harbour! Yes ++ 🌊 🎉

[a=Client, b=Producer]
a: Hello all, have the new labels left for the printer?
b: They left at noon, proof is on its way to you by courier
a: Wonderful, thank you ++ 🙏

[a=Client, b=Designer]
# Feedback on the posters
a: Team feedback on the posters: we love the coat. Could the bottle be a little larger?
= poster poster-coat-v2.png The poster with the coat, second version
b: A little, yes. Here is +8 %: https://review.launchpad.example/{doc}
a: That is exactly right
c: Then we export tonight and send everything by {day}
a: Great work, everybody here smiles when they pass the printout ++ ❤️ 🎉

[a=Strategist, b=Client]
a: First numbers of the {season} campaign: {thousands} views, {percent} % above plan 🌊
b: My director asked me to forward that sentence to everyone
a: Please do! Details in the call on {day} ++ 📈

[a=Client, b=Copywriter]
a: Is "awake" the right word for older customers?
b: We tested it with two groups: they read it as "fresh", and smiled
a: Then I am convinced ++ 👍
`);

/** #okapi-internal: bicycles that fold. */
export const okapiInternal = parseDialogues(`
[a=Copywriter]
a: Okapi manual, page one: "Congratulations. You may now be on time." too cheeky?
b: exactly cheeky enough
c: legal will want a "probably" ++ 😂
a: "You may now, probably, be on time." even better

[a=Designer]
a: carried the prototype up four floors for the photo. it is light. I am not fit
b: both facts belong in the campaign
c: "Lighter than your excuses" ++ 🔥 😂

[a=Strategist]
a: commuters told us: rain is fine, hills are fine, the narrow train door is the enemy
b: film the door
c: villain casting for a door, finally ++ 🚪 😂
a: the door gets a name in the script

[a=Media buyer]
a: Okapi ads near stations between 7 and 9 only, the rest of the day is wasted
b: and when it rains?
a: when it rains we double, people stare at the bus and think ++ ☔ 💡

[a=Strategist]
a: insight for Okapi: people do not want to fold a bike, they want to not think about the bike
b: so the film is somebody NOT thinking about a bike
c: ninety seconds of a person having a nice day, and the bike is simply there ++ 🚲 🔥
a: writing that down word for word

[a=Designer]
a: Okapi icons, second set: fold, carry, roll, forget
b: "forget" is a bench with nothing on it. I love it ++ 😂 ❤️
c: make the bench two pixels longer?
a: two pixels, done

[a=Copywriter]
a: Okapi headline: "Folds in nine seconds. We timed it in the rain."
b: is nine legal?
c: engineer says 8.6 on average, so nine is modest
a: modest is on brand ++ 💯

[a=Producer, b=Media buyer]
a: Okapi pushed their test rides to {day}, can the ads follow?
b: moved the start, budget stays {budget}
a: you are quick today ++ ⚡

[a=Designer]
# Okapi: stop motion or live action?
a: for Okapi: stop motion of the folding, or live action with one long take?
b: long take, people should believe it
c: stop motion is cheaper and we own a bike
d: live action for the film, stop motion for the {format}?
a: both, then. Thanks, that was easier than I feared ++ 👏
`);

/** #okapi-shared: with the client. */
export const okapiShared = parseDialogues(`
[a=Client, b=Designer]
a: The folding icons are on the boxes now, and a dealer asked for them as stickers
b: Stickers are the highest honour, files are on their way
a: We printed five hundred and they are gone ++ 🎉

[a=Strategist, b=Client]
a: We would like to film at the narrow door of platform 4, is there a bike to spare on {day}?
b: I'll bring mine, and I want to meet the door
a: The door has a chair with its name on it ++ 🚪 😂

[a=Client, b=Copywriter]
a: Engineering asks whether "forget it" could be read as an instruction
b: Fair. "Forget it is there" then, one word more and no missing bikes
a: They laughed, approved ++ 👍 😂

[a=Client, b=Producer]
a: Our shop in the old town would like the posters as well, is it too late?
b: Two more prints are no trouble, they leave on {day}
a: You are the best, thank you ++ 🙏

[a=Designer, b=Client]
# Colours of the spring series
a: Colours for the spring series, on screen and on steel: https://review.launchpad.example/{doc}
b: The fern green is lovely. Could the sand be a little less sad?
a: A happier sand is in the second row
b: That is the one. Thank you for taking "sad" as feedback ++ 😂 ❤️

[a=Client, b=Media buyer]
a: A customer came in with a screenshot of the ad and said "this, please"
b: That is the best report I have read this year ++ 🎉

[a=Client, b=Producer]
a: The prototype in green arrives at the studio on {day}, please be gentle with it
b: We will treat it like a baby deer
a: An okapi is closer to a giraffe, but I take the point ++ 😂 🦒

[a=Client, b=Designer]
a: Could we see the landing page with the new prices before the call?
b: Here: https://review.launchpad.example/{doc}
a: Looks great. The second picture loads slowly on my phone
b: Good catch, it is a third of the size now ++ 🙏

[a=Strategist, b=Client]
a: Test rides so far: {hundreds} booked, half of them after the film
b: We have to order more helmets!
a: The best kind of problem ++ 🎉 🚲
`);
