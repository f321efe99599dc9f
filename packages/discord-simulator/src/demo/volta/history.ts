import type { Incident, InviteSpec, Occasion, RuleSpec } from '../community.js';

export const invites: readonly InviteSpec[] = [
  { channel: 'général', by: 'nathalie.dubois', daysAgo: 80, maxAgeSeconds: 0, maxUses: 0 },
  { channel: 'planning', by: 'sophie.lefevre', daysAgo: 3, maxAgeSeconds: 604_800, maxUses: 2 },
];

export const rules: readonly RuleSpec[] = [
  {
    name: 'Coordonnées bancaires',
    by: 'helene.marchand',
    keywords: ['*iban*', '*code de carte*'],
    customMessage: 'Pas de coordonnées bancaires ici : passez par le bureau.',
    alertChannel: 'direction',
    exemptRoles: ['Direction', 'Bureau'],
  },
];

export const incidents: readonly Incident[] = [
  {
    daysAgo: 76,
    hour: 9,
    kind: 'departure',
    by: 'nathalie.dubois',
    target: 'gilles.morvan',
    reason: '',
  },
  {
    daysAgo: 58,
    hour: 16,
    kind: 'kick',
    by: 'philippe.garnier',
    target: 'interim.delta',
    reason: 'Fin de la mission d’intérim, accès retiré comme convenu',
  },
  {
    daysAgo: 44,
    hour: 10,
    kind: 'ban',
    by: 'helene.marchand',
    target: 'promo.panneaux',
    reason: 'Démarchage commercial, entré avec une invitation transférée',
    said: { channel: 'général', text: 'Panneaux solaires à 1 €, dernières places, contactez-moi vite !!' },
  },
  {
    daysAgo: 33,
    hour: 8,
    kind: 'rename',
    by: 'helene.marchand',
    target: 'guy.leclerc',
    nick: 'Guy (astreinte)',
    reason: 'Référent astreinte du mois',
  },
  {
    daysAgo: 21,
    hour: 17,
    kind: 'timeout',
    by: 'karim.benali',
    target: 'kevin.lambert',
    minutes: 60,
    reason: 'Échange trop vif avec un fournisseur, on souffle une heure',
    said: { channel: 'fournitures', text: 'Trois livraisons fausses en une semaine, c’est du foutage de gueule' },
  },
  {
    daysAgo: 10,
    hour: 12,
    kind: 'blocked',
    by: 'helene.marchand',
    target: 'lea.mercier',
    reason: '',
    said: { channel: 'général', text: 'Pour la cagnotte du départ de Gilles, mon IBAN est le suivant…' },
  },
];

export const occasions: readonly Occasion[] = [
  {
    name: 'Réunion de chantier : lycée Jean-Moulin',
    description: 'Ordre du jour : percements coupe-feu, planning des essais, réserves du bâtiment B.',
    by: 'sophie.lefevre',
    inDays: 1,
    hour: 8,
    minutes: 90,
    location: 'Base vie du lycée, salle 2',
    interested: 7,
  },
  {
    name: 'Quart d’heure sécurité : travail en hauteur',
    description: 'Présence de tous. Apportez votre harnais, on vérifie les dates.',
    by: 'karim.benali',
    inDays: 3,
    hour: 7,
    minutes: 30,
    location: 'Dépôt',
    interested: 19,
  },
  {
    name: 'Point planning de la semaine',
    description: 'Affectations, congés, astreinte.',
    by: 'amelie.rousseau',
    inDays: 5,
    hour: 7,
    minutes: 30,
    channel: 'Point chantier',
    interested: 9,
  },
  {
    name: 'Anniversaire de Marc 🎂',
    description: 'Gâteau au dépôt à la pause. Chut, il ne sait rien.',
    by: 'nathalie.dubois',
    inDays: 2,
    hour: 9,
    minutes: 30,
    location: 'Salle de pause du dépôt',
    interested: 15,
  },
];
