import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { Community } from '../community.js';
import { demoId, demoIds } from '../ids.js';
import { companyLife, quotes, safety, weekPlans } from './company-talk.js';
import { incidents, invites, occasions, rules } from './history.js';
import { announcements, general, management, planning, repairs, supplies } from './office-talk.js';
import { formerPeople, people } from './people.js';
import { clinique, lycee, tilleuls } from './site-talk.js';

const channelId = (index: number) => demoId('voltaChannel', index);
const OFFICE = ['Direction', 'Conducteur de travaux', 'Bureau'] as const;

/** A French company of electricians that runs its job sites from Discord. */
export const volta: Community = {
  guildId: demoIds.volta,
  name: 'Volta Électricité',
  description: 'Électricité générale, courants forts et faibles. Chantiers, plannings, fournitures.',
  locale: 'fr',
  roleId: (index) => demoId('voltaRole', index),
  roles: [
    { name: 'Direction', color: 0xf5b301, isHoisted: true, permissions: Permission.Administrator },
    {
      name: 'Conducteur de travaux',
      color: 0x2ecc71,
      isHoisted: true,
      permissions:
        Permission.ManageChannels | Permission.ManageMessages | Permission.ModerateMembers | Permission.MentionEveryone,
    },
    {
      name: 'Bureau',
      color: 0xf0a35c,
      isHoisted: true,
      permissions: Permission.ManageMessages | Permission.MentionEveryone,
    },
    { name: 'Chef d’équipe', color: 0x5dade2, isHoisted: true, permissions: Permission.MentionEveryone },
    { name: 'Magasinier', color: 0xcfa0e0, isHoisted: false, permissions: 0n },
    { name: 'Électricien', color: 0xb4c0c1, isHoisted: true, permissions: 0n },
    { name: 'Apprenti', color: 0xf1948a, isHoisted: true, permissions: 0n },
  ],
  people,
  crowd: [],
  bots: [],
  visitors: [],
  formerPeople,
  categories: [
    {
      id: channelId(0),
      name: 'Entreprise',
      channels: [
        {
          id: channelId(1),
          name: 'annonces',
          topic: 'Les nouvelles de la direction',
          writableBy: ['Direction', 'Bureau'],
          isChronicle: true,
          dialogues: announcements,
        },
        {
          id: channelId(2),
          name: 'général',
          topic: 'Tout ce qui concerne tout le monde',
          dialogues: [...general, ...companyLife],
        },
        { id: channelId(3), name: 'planning', topic: 'Qui est où, et quand', dialogues: [...planning, ...weekPlans] },
        { id: channelId(4), name: 'fournitures', topic: 'Commandes, stock, livraisons', dialogues: supplies },
        { id: channelId(5), name: 'dépannages', topic: 'Interventions du jour', dialogues: repairs },
        { id: channelId(13), name: 'sécurité', topic: 'Personne ne se blesse', dialogues: safety },
        { id: channelId(15), name: 'Point chantier', topic: null, type: ChannelType.GuildVoice, dialogues: [] },
      ],
    },
    {
      id: channelId(6),
      name: 'Chantiers',
      channels: [
        {
          id: channelId(7),
          name: 'chantier-lycée-jean-moulin',
          topic: 'Rénovation, bâtiments A à D. Livraison en août',
          dialogues: lycee,
        },
        {
          id: channelId(8),
          name: 'chantier-résidence-les-tilleuls',
          topic: '42 logements neufs',
          dialogues: tilleuls,
        },
        {
          id: channelId(9),
          name: 'chantier-clinique-saint-roch',
          topic: 'Site occupé : consignes de la clinique à respecter',
          dialogues: clinique,
        },
      ],
    },
    {
      id: channelId(10),
      name: 'Coulisses',
      channels: [
        {
          id: channelId(11),
          name: 'direction',
          topic: 'Marchés, marges, recrutement',
          visibleTo: OFFICE,
          dialogues: management,
        },
        {
          id: channelId(14),
          name: 'devis-et-clients',
          topic: 'Demandes, devis, relances',
          visibleTo: OFFICE,
          dialogues: quotes,
        },
        {
          id: channelId(12),
          name: 'commandes-du-bot',
          topic: 'Parlez au bot ici',
          dialogues: [],
          firstMessage: 'Ici, on parle au bot. Tapez `/` pour voir ce qu’il sait faire, ou essayez `!ping`.',
        },
      ],
    },
  ],
  lexicon: {
    etage: ['R+1', 'R+2', 'R+3', 'rez-de-chaussée', 'sous-sol'],
    salle: ['104', '207', '212', '301', '118'],
    jour: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'],
    heure: ['8h30', '9h00', '10h15', '14h00', '16h30'],
    petit: ['3', '4', '6', '7', '8', '9'],
    petit2: ['11', '12', '15', '18'],
    ohm: ['18', '22', '27', '31'],
    diametre: ['Ø 16', 'Ø 20', 'Ø 25'],
    calibre: ['16 A', '20 A', '32 A'],
    section: ['3G2,5', '3G1,5', '5G6'],
    marque: ['Kraftol', 'Voltane', 'Meridia', 'Forgex'],
    chantier: ['le lycée', 'les Tilleuls', 'la clinique'],
    chantier2: ['la résidence', 'Saint-Roch', 'Jean-Moulin'],
    rue: ['Pasteur', 'des Lilas', 'Victor-Hugo', 'de la Gare', 'Jean-Jaurès', 'du Moulin'],
  },
  pastimes: [
    { name: 'Radio Atelier', type: 2 },
    { name: 'Nuits de jazz', type: 2 },
    { name: 'Le Grand Matin', type: 2 },
    { name: 'Chansons du chantier', type: 2 },
  ],
  slips: ['Pardon, mauvais salon', 'Oups, message pour un autre chantier', 'Désolé, c’est parti tout seul de ma poche'],
  hours: { from: 6, to: 16 },
  isClosedOnWeekends: true,
  voiceHours: { from: 6, to: 9 },
  conversationsPerDay: 5,
  invites,
  rules,
  incidents,
  occasions,
};
