import { parsePeople } from '../community.js';
import { makeCrowd } from '../crowd/crowd.js';
import { demoId } from '../ids.js';

/** People who are in Volta Électricité as well. */
const SHARED_ACCOUNTS: Readonly<Record<string, string>> = {
  'bastien.roux': demoId('voltaPerson', 21),
  'lea.mercier': demoId('voltaPerson', 22),
};

export const people = parsePeople(
  `
  robinvale | Robin Vale | Owner, Regular
  alexmorgan | Alex Morgan | Admin, Regular
  nadia.codes | Nadia | Admin, Regular
  thornwick | Thornwick | Moderator, Regular
  mei_lin | Mei Lin | Moderator, Event Host, Regular
  samokafor | Sam Okafor | Regular
  pixelbear | PixelBear | Moderator, Regular
  lunafrost | Luna Frost | Event Host, Regular
  grizzly.dan | Grizzly Dan | Regular
  quietstorm | quietstorm | Regular, Speedrunner
  zoe.k | Zoë | Regular
  tanukitales | Tanuki | Regular, Cozy Corner
  hexblade | HexBlade | Regular
  ivy.meadows | Ivy Meadows | Regular, Cozy Corner
  kaz0o | Kaz | Speedrunner
  dragonfruit | Dragonfruit | Regular
  noodlecat | noodle cat | Cozy Corner
  jpbernard | JP | Regular | fr
  bastien.roux | Bastien Roux | | fr
  owlbear_irl | Owlbear | Regular
  mattias.h | Mattias |  | sv-SE
  sundaydriver | Sunday Driver |
  critfailure | Crit Failure | Regular
  ellie.ruiz | Ellie Ruiz | Cozy Corner | es-ES
  cobaltfox | Cobalt Fox | Regular
  rooftopgarden | Priya | Cozy Corner
  tobymakes | Toby Makes |
  wanderbyte | wanderbyte | Speedrunner
  frostedflo | Flo | | de
  marwa.a | Marwa |
  deepdelver | DeepDelver | Regular
  gearsandgrit | Gears & Grit |
  hollow_jack | Hollow Jack |
  pancakequeen | Pancake Queen | Cozy Corner
  lukas_w | Lukas | | de
  starfallen | Starfallen |
  benji.tv | benji | Speedrunner
  mossyrock | mossy | Cozy Corner
  oldmankai | Old Man Kai | Regular
  vixen_rae | Rae |
  theotherdave | The Other Dave |
  saltmarsh | Saltmarsh |
  yuki.n | Yuki | | ja
  blastradius | Blast Radius |
  carla_mp | Carla | | pt-BR
  tinroof | |
  midnightoil | Midnight Oil | Speedrunner
  fennecfriend | Fennec |
  gwendolyn.p | Gwen |
  boltsnbits | BoltsNBits |
  lea.mercier | Léa Mercier | | fr
  hazelwood | Hazel | Cozy Corner
  cpt_barnacle | Captain Barnacle |
  aoife.d | Aoife |
  slowcooker | slowcooker |
  null_pointer | Null |
  emberlight | Ember |
  ottoman | Otto | | de
  snackdragon | Snack Dragon |
  westley.b | Westley |
  `,
  { locale: 'en-US', idOf: (username, line) => SHARED_ACCOUNTS[username] ?? demoId('pixelTavernPerson', line) },
);

export const visitors = parsePeople(
  `
  driftwood | Driftwood
  paperlantern | Paper Lantern
  turnipking | Turnip King
  echo.valley | Echo
  nightbus42 | Night Bus
  crumpet | Crumpet
  ludo_vk | Ludo
  birchbark | Birch
  saffron.sky | Saffron
  questgiver | Quest Giver
  `,
  { locale: 'en-GB', idOf: (_username, line) => demoId('pixelTavernVisitor', line) },
);

/** Banned, kicked, or lost. */
export const formerPeople = parsePeople(
  `
  free_nitr0_drop | Nitro Drop
  skins.gift.bot | Skin Gifts
  xx_salt_lord_xx | SaltLord
  crypto.wren | Wren | | de
  gremlin404 | Gremlin
  loudmouthlarry | Larry
  boostmyrank | Rank Boosting | | ru
  velvethammer | Velvet Hammer
  `,
  { locale: 'en-US', idOf: (_username, line) => demoId('pixelTavernBannedPerson', line) },
);

/** How many members Pixel Tavern has, without its bots. */
const MEMBER_COUNT = 2_000;

export const crowd = makeCrowd({
  count: MEMBER_COUNT - people.length,
  idOf: (index) => demoId('pixelTavernCrowdPerson', index),
  taken: [...people, ...visitors, ...formerPeople].map(({ username }) => username),
  days: 90,
  regularRole: 'Regular',
  hobbies: [
    { role: 'Speedrunner', share: 0.05 },
    { role: 'Cozy Corner', share: 0.11 },
    { role: 'Night Shift', share: 0.07 },
  ],
});
