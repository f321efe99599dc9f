import { parseDialogues } from '../dialogue.js';

/** #help-desk: questions that get answers. */
export const help = parseDialogues(`
# Stutter every few seconds on the {device} #hardware #answered
a: {game} stutters every few seconds on the {device}, but only when docked
b: cap it at 40 frames, the dock asks for more than it can cool
c: and check that the cable is the one that came in the box
a: it was the cable. it is always the cable ++ 🙏

# Achievement does not unlock in {game} #games #answered
a: the lighthouse achievement does not unlock, I lit every lantern twice
b: the one below the pier counts as well, you only see it at low tide
a: LOW TIDE. thank you, going back in ++ 🤯
c: took me {smallnumber} days to find that one

# Cannot hear anybody in Table One #this server #answered
a: I join Table One and cannot hear anybody, the green rings are blinking though
b: output device, the little gear, pick your headset again
c: happens after every update of mine
a: got it, hello everyone ++ 👋

# Moving a save from one machine to another #games #answered
a: how do I move my {coop} save to the new machine?
b: host once with cloud saves on, close properly, wait a minute, open it on the other one
a: the waiting was the part I skipped ++ 😅
c: everybody skips the waiting

# Wheel or controller for {versus}? #hardware
a: is a wheel worth it for {versus}, or does a controller do?
b: controller until you want to cry about a desk clamp
c: used wheel from the classifieds, around {price}, no regrets ++ 👍

# Game night is at which hour for me? #this server #answered
a: it says {hour} UTC, what is that in {São Paulo|Manila|Lagos|Helsinki|Auckland}?
b: hover over the event in the list, it shows your own time
a: I feel silly and informed ++ 😂

# Two accounts on one console #games #answered
a: can my sister and I both earn {drop}s on one console?
b: yes, if both are signed in before the match starts
c: the second player presses start twice, not once. it took us a year
a: a YEAR. thank you ++ ❤️

# Old saves and the new update #games
a: does the big update of {game} break old saves?
b: no, but finish the bridge quest first, it moves
c: I did not finish the bridge quest. I live under the bridge now ++ 😂 🌉

# {game} crashes on the loading screen #games #answered
a: {game} crashes on the loading screen every time since the patch, what can I try?
b: verify the files first, then delete the shader cache
a: files are fine, where is the cache?
b: settings, storage, the second button. It rebuilds on the next start ++ 🙏
a: that was it, thank you!

# Mic is quiet for everybody but me #hardware #answered
a: everybody says my mic is very quiet, but my own recording is loud?
b: input sensitivity is probably set by hand, put it on automatic
c: and switch noise suppression off once, some headsets hate it
a: suppression off did it, you can hear me breathe now, sorry ++ 😂

# How do I get a colour role? #this server #answered
a: how do I get a colour role?
b: roles menu at the top of the channel list, pick one, done
a: oh. that was easy ++ 👍

# Which region should I choose? #games
a: which region do you choose for {versus} if the group is half EU and half NA?
b: US east, nobody is happy and nobody is desperate
c: exactly that ++ 🌍

# Port forwarding for {coop} #hardware #answered
a: can someone lend a hand with port forwarding for {coop}? the menu of my router is from another century
b: what does the label below it say?
a: it says "do not open"
b: then use the relay mode, no ports needed ++ 🙏

# Screen goes black for a second #hardware #answered
a: my second screen goes black for a second whenever I start {game}
b: different refresh rates, set both to the same once
c: or borderless window
a: borderless it is, thanks
`);
