const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** What people who do not use their names call themselves is made of. */
export const adjectives = words(`
  mossy sleepy hollow amber velvet crooked lucky rusty silent gentle stubborn wobbly frosty copper dusty lunar salty sunny tiny
  grumpy misty electric paper golden hidden midnight clumsy polite feral cosmic tangled patient spicy nimble drowsy restless
  crimson humble jolly lazy marble plucky quiet rowdy sneaky toasted unlikely wandering woolen brisk faded glassy honest
  mellow odd peppered ragged silver thorny untold vivid wicked wistful zesty second borrowed last secret northern pickled
`);

export const nouns = words(`
  lantern badger turnip comet pebble otter kettle raven thistle goblin teapot marmot ember walnut heron cactus biscuit wizard
  noodle satellite moth pickle anchor barnacle bramble cobbler dumpling falcon gecko hammock iguana jackal kestrel lemming
  mango narwhal oyster puffin quill radish saddle tortoise umbra vulture waffle yak acorn beacon cauldron drizzle fiddle
  griffin harbor inkwell juniper kraken lobster mitten nettle orchard parsnip quiver rooster spindle trumpet urchin violet
  whistle zephyr basilisk crumb dynamo easel fjord glacier haystack igloo jester sparrow tundra wren mimic slime sprite
`);

export const suffixes = words('tv irl exe gg plays dev art games afk jr hq yt cat dad');

export const pursuits = words(
  'Healer Tank Brave Unlucky Bard Baker Late Loud Quiet Wanderer Druid Rogue Collector Grinder Sleepless',
);
