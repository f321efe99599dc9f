import { parsePeople } from '../community.js';
import { demoId } from '../ids.js';

export const people = parsePeople(
  `
  helene.marchand | Hélène Marchand | Direction
  philippe.garnier | Philippe Garnier | Direction
  karim.benali | Karim Benali | Conducteur de travaux
  sophie.lefevre | Sophie Lefèvre | Conducteur de travaux
  nathalie.dubois | Nathalie Dubois | Bureau
  thierry.moreau | Thierry Moreau | Chef d’équipe
  yannick.legoff | Yannick Le Goff | Chef d’équipe
  fatima.elidrissi | Fatima El Idrissi | Bureau
  marc.fontaine | Marc Fontaine | Magasinier
  julien.petit | Julien Petit | Électricien
  mathieu.roy | Mathieu Roy | Électricien
  ousmane.diallo | Ousmane Diallo | Chef d’équipe
  camille.bernard | Camille Bernard | Électricien
  antoine.girard | Antoine Girard | Électricien
  luc.chevalier | Luc Chevalier | Électricien
  david.pereira | David Pereira | Électricien
  amelie.rousseau | Amélie Rousseau | Conducteur de travaux
  kevin.lambert | Kévin Lambert | Électricien
  sebastien.noel | Sébastien Noël | Électricien
  ines.haddad | Inès Haddad | Bureau
  romain.colin | Romain Colin | Électricien
  bastien.roux | Bastien Roux | Apprenti
  lea.mercier | Léa Mercier | Apprenti
  hugo.perrin | Hugo Perrin | Apprenti
  guy.leclerc | Guy Leclerc | Électricien
  `,
  { locale: 'fr', idOf: (_username, line) => demoId('voltaPerson', line) },
);

export const formerPeople = parsePeople(
  `
  gilles.morvan | Gilles Morvan
  interim.delta | Delta Intérim
  promo.panneaux | Promo Panneaux
  `,
  { locale: 'fr', idOf: (_username, line) => demoId('voltaFormerPerson', line) },
);
