import { parseDialogues } from '../dialogue.js';

/** #briefs: what a campaign begins with. */
export const briefs = parseDialogues(`
[a=Strategist]
a: new enquiry: a ferry company, "we are slow, make it a virtue". Anybody?
b: me. slow is the only luxury left
c: first line is already there: "Arrive later." ++ 🚢 👏
a: pitch is on {day}, keep that line warm

[a=Strategist]
a: what is the one thing people should remember about {client} a week later?
b: the sound
c: the colour
d: that they smiled, and did not know why
a: {name:d} wins, it is in the brief now ++ ❤️

[a=Producer]
a: reality check on the {season}: two designers, nine days, {smallnumber} formats
b: eight days, one is a holiday
c: then the {format} becomes a photo with good manners ++ 😂
a: approved. good manners it is

[a=Copywriter]
a: can briefs have a maximum length? this one has chapters
b: one page or it is a novel
c: signed ++ ✍️ 😂

[a=Strategist]
# Brief: {client}, {season}
a!: 📝 Brief for {client}, {season}: one idea, {smallnumber} formats, live on {day} in three weeks. Document: https://docs.launchpad.example/{doc}
> {client} · {season} | One idea that works without sound. | Audience: 25–40, city | Budget: {budget} | Formats: {smallnumber}
b: who decides on their side?
a: one person this time, I asked twice
c: is the tone still "dry, never mean"?
a^: dry, never mean, and no puns in headlines
d: no puns. fine. fine! ++ 😂 💔

[a=Strategist]
a: before we start on {client}: what do we want people to *do*?
b: order a sample
c: tell a friend about the sample
a: order a sample, then. One thing. ++ 👍

[a=Producer]
# Kick-off {client}
a: kick-off for {client} {day} at {hour}, who brings what?
b: audience and three insights
c: mood boards, two of them
d: a list of words we are not allowed to use ++ 😂
a: perfect, forty minutes, no slides longer than one breath

[a=Strategist]
a: the {client} budget went from "generous" to {budget}
b: so fewer formats or smaller ones?
c: fewer. one strong {format} beats five weak ones ++ 💯
a: agreed, I will rewrite the brief tonight

[a=Copywriter]
a: question on the {client} brief: "premium but approachable", is that more velvet or more denim
b: denim jacket with a silk lining
a: oddly helpful ++ 😂 👍

[a=Strategist, b=Designer]
a: small change in the {season} brief: the film comes first, stills follow
b: do the stills come *from* the film?
a: yes, so plan the light for both ++ 🎬
`);

/** #content-review */
export const review = parseDialogues(`
[a=Designer]
# Review: {client} {format}, version {version}
a: version {version} of the {client} {format}: https://review.launchpad.example/{doc}
b: the headline breathes now, much better
c: logo is 4 px off on mobile, otherwise yes
a*: fixed, version {version} is final-final ++ 👍
d: I have heard that before ++ 😂

[a=Copywriter]
a: three lines for {client}, please be cruel: 1) "Water, but awake" 2) "Drink like a morning" 3) "Still. Sparkling. Yours."
b: 1, no contest
c: 1 for posters, 3 for the bottle
d^: 2 sounds like a medical condition ++ 😂
a: 2 is dead, long live 1

[a=Designer, b=Copywriter]
a: the line is too long for the square format, can we lose two words?
b: take "really" and "just", they were only there for the company
a: fits, and reads better ++ 🙌

[a=Producer]
a: legal came back on {client}: "healthiest" has to go, "healthy choice" is allowed
b: changing it in all {smallnumber} formats
c: I'll check the subtitles too
a: thank you, resend by {hour} ++ 🙏

[a=Designer]
a: accessibility pass on the {client} page: two contrasts were too low, alt texts were missing on the carousel
b: thanks for catching these
a: all fixed, ratio is 5.2 now ++ ✅ 👏

[a=Designer, b=Strategist]
# Which of the two key visuals?
a: key visual A (hands) or B (horizon) for the {season} launch?
= poster key-visual-b.png Key visual B: a horizon in two colours
b: A stops the thumb, B stays in the head
c: test both for two days?
a: small test, {budget} each way, decision on {day}
d: B. I say it now so that I can say I said it ++ 😂 🔮

[a=Copywriter]
a: typo of the day: "we love your pubic transport"
b: please tell me that is not live
a: it is NOT live. my heart is still at 180 though ++ 💀 😂
c: framing the proof ++ 🖼️

[a=Trainee, b=Designer]
a: is it OK to mirror the photo so that the bike rides towards the text?
b: careful, the chain would be on the wrong side
a: oh wow, good catch
c: cyclists write letters about that ++ 🚲 😂
`);

/** #assets */
export const assets = parseDialogues(`
a: who has the recording of the {client} interview? mine has a lawnmower in it
b: second microphone, no lawnmower, uploading
c: keep the lawnmower for the outtakes ++ 😂

[a=Designer]
a: icon set is rebuilt on the 24 grid, please throw the old one away, really away
b: thrown
c: I kept one. it is like a family photo ++ 🥲

[a=Producer, b=Designer]
a: {client} needs the {format} in Welsh as well
b: longer words, so I will take the roomy layout
a: Files by {day}? ++ 🙏
b: by {day}, with all the double letters

[a=Copywriter]
a: alt texts for the {client} gallery are in the sheet, {smallnumber} of them made me proud
b: "A wet coat, waiting" is a poem
c: screen readers deserve poems ++ ❤️

[a=Designer]
a: new folder for {client} is up: https://assets.launchpad.example/{doc}, masters, exports, licences
b: are the licences for print as well?
a: print and web, two years ++ 👍

[a=Producer]
a: the photographer sent {bignumber} selects of the {client} shoot, please star your ten by {day}
b: starred
c: number 14 is the one, look at that light ++ 😍
a: 14 got six stars already

a: which file is current, "final_v7" or "FINAL_use_this"?
b: neither, "{client}-master" in the library
c: can we outlaw the word final
a: seconded ++ ✋ 😂

[a=Designer]
a: exported the {format} in all sizes, names follow the table: client_format_size_lang
b: even the awkward 300 × 600?
a: especially that one ++ 😎

[a=Copywriter, b=Designer]
a: subtitles for the {client} film are in, English and French
b: timing on the last card is half a second short
a: extended, new file is up ++ 🙏

[a=Producer]
# Shot list for {client}
a: shot list for {client} {day}: product, hands, street, two portraits
b: please one vertical of each, the stories need it
c: and the label facing us for once ++ 😂
a: added both, thanks
`);

/** #calendar */
export const calendar = parseDialogues(`
[a=Producer]
a: next week at a glance: two reviews, one shoot, no launches. Enjoy it, it will not happen again
b: writing poetry then
c: sleeping then ++ 😴

[a=Producer, b=Client]
a: holidays of the teams are in, please look whether anybody is alone on a client
b: looks good from our side
c: I swapped two days with {name:d}, calendar is updated ++ 👍

a: is the {client} review at {hour} our time or theirs?
b: ours, I put both in the invite this time
c: growth ++ 👏 😂

[a=Strategist]
a: can we keep {day} free of calls? Two decks need a quiet day
b: blocked for everybody, with a drawing of a bear
c: nobody books over the bear ++ 🐻

[a=Producer]
a: 🗓️ this week: {client} goes live {day} {hour}, review with {client2} the day after, studio closes early on Friday
b: noted
c: who is on call for the launch?
a: {name:c}, congratulations ++ 😂 🚀

[a=Producer]
a: {client} moved their launch to {day}, does that collide with anything?
b: with the {client2} shoot in the morning
c: I can take the launch, you take the shoot
a: you are both wonderful ++ ❤️

a: I'm off from {day}, handover for {client} is in the doc
b: read it, it even has jokes
c: enjoy the mountains ++ 🏔️

[a=Producer]
a: reminder: no launches on the {holiday} weekend, nobody clicks and nobody should
b: amen
c: I set the budgets to pause already ++ 👏

[a=Media buyer, b=Producer]
a: can {client} start at {hour} instead of midnight? I would like to be awake for it
b: asked, they prefer it too
a: sleep: scheduled ++ 😴 🎉
`);

/** #campaign-numbers: what Radar posts, and what people make of it. */
export const numbers = parseDialogues(`
[a=Integrations, b=Media buyer]
a: 🌙 {client} · {season}: the night
> {client} · last night | People who cannot sleep are interested in this. | Views: {thousands} | Clicks: {hundreds} | Best hour: 2 to 3
b: I'll make a small night edition, fewer words, darker picture
c: the most honest audience there is ++ 🌙

[a=Integrations, b=Strategist]
a: 💬 {client} · comments worth reading
> Three comments | "Finally an ad that does not shout." "Is the coat for sale?" "My dog barked at the bus stop." | Kind: {percent2} % | Answered: all
b: the coat should be for sale
c: forwarding the second one to Greta ++ 😂 🧥

[a=Media buyer]
a: month end: spent {budget} less than planned at {client}, same result. Keep it or spend it?
b: keep it for the {season}
c: keep it, and tell them we kept it ++ 💯

[a=Integrations, b=Media buyer]
a: 🧭 {client} · where they came from
> {client} · visits | Of {thousands} people this week | Posters: {percent} % | Search: {percent2} % | A link somebody sent: the rest
b: the posters do more than anybody admits
c: printing this in size A0

[a=Integrations, b=Media buyer]
a: 📊 {client} · {season}: yesterday
> {client} · {season} | Compared with the day before: **+{percent} %** | Views: {thousands} | Clicks: {hundreds} | Cost per click: {cost} | Spent: {budget}
b: the vertical cut carries it, moving a fifth of the budget over
c: and the static one?
b^1: resting until {day} ++ 👍

[a=Integrations, b=Media buyer]
a: ⚠️ {client} · {season}: spending faster than planned
> Pace warning | {percent} % of the daily budget is gone before noon. | Campaign: {season} | Left: {budget}
b: looking at it. A big account shared the post, that explains it
c: good problem ++ 😄
b: raising the cap a little, with their blessing

[a=Integrations]
a: ✅ {client} · {format}: approved by the platform and live
> Live: {client} {format} | Preview: https://review.launchpad.example/{doc} | Runs until: {day} | Sizes: {smallnumber}
b: 🚀
c: watching the first hour ++ 👀

[a=Integrations, b=Strategist]
a: 📬 Newsletter of {client}: results
> {client} newsletter | "{subject}" | Opened: {percent2} % | Clicked: {percent} % | Left: {smallnumber}
b: best opening rate since {month}, short subjects it is
c: the short subject was mine, I would like that on record ++ 😂 👏

[a=Media buyer]
a: weekly look: {client} is {percent} % above plan, {client2} on plan, nothing burns
b: frame that sentence ++ 🖼️
c: nothing burns, a studio record

[a=Integrations, b=Media buyer]
a: 🧪 Test finished: key visual A against B
> {client}: A wins | With 95 % certainty. | A: {cost} per click | B: {cost2} per click | People: {thousands}
b: closer than I thought, going with A
c: I said B ++ 😔
d: we know. we all know ++ 😂
`);
