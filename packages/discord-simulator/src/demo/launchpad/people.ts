import { parsePeople } from '../community.js';
import { demoId } from '../ids.js';

export const people = parsePeople(
  `
  imani.castellan | Imani Castellan | Studio lead
  bram.oduya | Bram Oduya | Studio lead
  saskia.lindholm | Saskia Lindholm | Strategist
  hanne.vik | Hanne Vik | Producer | nb
  junia.parkes | Junia Parkes | Copywriter
  theo.aubry | Théo Aubry | Designer | fr
  wren.halloway | Wren Halloway | Designer
  marlon.achebe | Marlon Achebe | Media buyer
  elise.tanguy | Élise Tanguy | Copywriter | fr
  rafael.montoro | Rafael Montoro | Strategist | es-ES
  pascal.denoyer | Pascal Denoyer | Producer | fr
  yuki.tanabe | Yuki Tanabe | Designer | ja
  dimitra.kostas | Dimitra Kostas | Copywriter
  oona.feld | Oona Feld | Trainee
  greta.solheim | Greta Solheim | Client, Tidewell
  milo.ferrand | Milo Ferrand | Client, Lanvoz | fr
  anjali.rao | Anjali Rao | Client, Okapi
  soizic.lanvoz | Soizic Lanvoz | Client, Lanvoz | fr
  `,
  { locale: 'en-GB', idOf: (_username, line) => demoId('launchpadPerson', line) },
);

/** Freelancers who help out for a few days. */
export const visitors = parsePeople(
  `
  ines.freelance | Inès (freelance) | | fr
  kofi.motion | Kofi, motion design
  petra.photo | Petra, photography
  `,
  { locale: 'en-GB', idOf: (_username, line) => demoId('launchpadVisitor', line) },
);

export const formerPeople = parsePeople(
  `
  partnership.deals | Partnership Deals
  lowell.harker | Lowell Harker
  greta.solheim.tidewell | Greta SoIheim
  `,
  { locale: 'en-GB', idOf: (_username, line) => demoId('launchpadVisitor', 10 + line) },
);

/** Posts the numbers of the campaigns. */
export const bots = parsePeople('radar | Radar | Integrations', {
  locale: 'en-GB',
  idOf: () => demoId('launchpadBot'),
});
