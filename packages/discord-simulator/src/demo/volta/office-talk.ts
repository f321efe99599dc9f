import { parseDialogues } from '../dialogue.js';

/** #général */
export const general = parseDialogues(`
a: Bonjour à tous, bon courage avec la pluie ☔
b: Bottes obligatoires aux Tilleuls, c'est la piscine
c: Pareil ici, j'ai sorti la pompe ++ 😂

[a=Bureau]
a: Merci de rendre les relevés d'heures avant {jour} midi 🙏
b: Envoyés ce matin
c: Je fais les miens à la pause ++ 👍

a: Qui a emprunté le perforateur SDS-Max ?
b: Il est dans le camion de {name:c}
c: Oups, je le ramène ce soir ++ 😅

a: Le camion 3 affiche un voyant moteur
b: Rendez-vous au garage {jour}, prends le 5 en attendant
a: Merci, les clés sont au dépôt ?
b: Au crochet, comme d'habitude

[a=Apprenti]
a: J'ai eu 16 à mon épreuve pratique !! ++ 🎉 👏 💪
b: Bravo, fier de toi
c: Les croissants, c'est pour demain alors ?
a: Promis 🥐

[a=Direction]
a: La clinique nous a félicités pour la propreté du chantier. Merci à l'équipe ! ++ 👏 ❤️
b: Ça fait plaisir
c: On garde le balai à portée de main

a: Quelqu'un a le contact de l'ascensoriste des Tilleuls ?
b: Dans l'annuaire chantier, onglet « intervenants »
a: Trouvé, merci ++ 🙏

a: Habilitation B2V à renouveler pour {petit} d'entre nous, session {jour}
b: Je m'inscris
c: Moi j'ai fait la mienne en mars
a: Noté, je t'enlève de la liste

a: Panne de pointeuse à l'entrée du dépôt, signez sur la feuille
b: La feuille est déjà pleine 😄
a: J'en ajoute une

a: Repas d'équipe {jour} midi, qui vient ?
b: Présent ++ 🍽️
c: Moi aussi, sans viande si possible
a: Pas de souci, c'est noté

a: Quelqu'un remonte vers le dépôt vers {heure} ? J'ai deux tourets vides
b: Moi, je passe te prendre
a: Super, je suis au portail nord

[a=Bureau]
a: Les nouveaux EPI sont arrivés, passez prendre vos gants et lunettes
b: Il y a du XL ?
a: Oui, et même du XXL ++ 🧤
`);

/** #fournitures */
export const supplies = parseDialogues(`
[b=Magasinier]
a: Besoin de {petit} disjoncteurs {calibre} courbe C pour {chantier}
b: J'en ai six en stock, le reste arrive {jour}
a: Ça suffit pour commencer ++ 👍

[b=Magasinier]
a: Plus de Wago 3 entrées dans le camion, il m'en faut deux boîtes
b: Préparées, étagère du fond, ton nom dessus
a: Tu es un chef ++ 🙌

[a=Magasinier]
a: Livraison reçue : câble R2V {section}, 4 tourets. Il manque les colliers
b: Le fournisseur ?
a: Reliquat annoncé pour {jour}, j'ai râlé ++ 😤

[b=Magasinier]
a: Le visseur {marque} a rendu l'âme, on est encore sous garantie ?
b: Jusqu'en juin, amène-le avec le chargeur
a: Je le pose demain au dépôt

[a=Bureau]
a: Les prix du cuivre remontent, pensez à récupérer vos chutes
b: Le bac des Tilleuls est plein
a: Enlèvement prévu {jour} matin ++ ♻️

[b=Magasinier]
a: Il reste du tube IRL {diametre} ? Il m'en faut 60 m pour {chantier}
b: 45 m en gris, le reste en blanc
a: Le blanc ira, c'est en faux plafond

[a=Magasinier]
a: Inventaire {jour} : ramenez ce qui traîne dans les camions
b: Même les trésors cachés sous le siège ?
a^: Surtout ceux-là ++ 😂

[b=Magasinier]
a: Erreur de commande, j'ai reçu des interrupteurs simples au lieu des va-et-vient
b: Garde-les emballés, je fais le retour aujourd'hui
a: Bon de retour scotché sur le carton ++ 📦
`);

/** #planning */
export const planning = parseDialogues(`
[a=Conducteur de travaux]
a: Planning de la semaine : {chantier} à quatre, {chantier2} à cinq, dépannages avec {name:b}
b: Bien reçu ++ 👍
c: Et pour l'astreinte ?
a: Astreinte {name:c} jusqu'à dimanche

a: Je suis en formation {jour}, à remplacer sur {chantier}
b: Je vois avec les Tilleuls, on te remplace
a: Merci !

[a=Conducteur de travaux]
a: Changement : la dalle du bâtiment B est coulée {jour}, on décale les fourreaux à la veille
b: On embauche à 6h30 alors ?
a: 6h30 au dépôt, oui ++ ⏰

a: RDV médecine du travail {jour} à {heure}, je rejoins l'équipe après
b: Noté, on t'attend pour le levage

[a=Bureau]
a: Congés de fin d'année : déposez vos souhaits avant {jour} 🎄
b: C'est fait
c: Je pose la semaine complète si possible
a: Je regarde avec les équipes et je confirme ++ 🙏

a: Je serai en retard de vingt minutes, bouchons sur la rocade
b: Pas de panique, on décharge
c: Même bouchon, même chanson ++ 🚗
`);

/** #dépannages */
export const repairs = parseDialogues(`
[a=Bureau]
a: École maternelle rue {rue} : plus de chauffage dans deux classes, la directrice insiste
b: Sur place à {heure}
b: Sonde défectueuse, provisoire en place, pièce commandée ++ 👍
a: Elle t'envoie des dessins d'enfants en remerciement ++ ❤️

[a=Bureau]
a: Portail automatique bloqué, résidence rue {rue}, les voitures font la queue
b: J'y vais, j'ai une cellule de rechange
b: Cellule changée, une araignée avait fait son nid dedans ++ 🕷️ 😄

[a=Bureau]
a: Odeur de chaud dans un tableau, pavillon rue {rue}. J'ai demandé de couper au général
b: Bien fait, je suis à dix minutes
b: Borne desserrée sur le chauffe-eau, reprise complète, tout est froid ++ 👏
a: Merci, le client est rassuré

[a=Bureau]
a: Restaurant rue {rue} : la chambre froide a lâché, service à {heure}
b: Je laisse le lycée à {name:c} et j'y file
c: C'est noté
b: Relais thermique réarmé, moteur fatigué, devis demain ++ ❄️

[a=Bureau]
a: Mme Perrot, rue {rue}, n'a plus de sonnette, elle demande « le jeune homme de la dernière fois »
b: Je crois que c'est moi
c: Il rougit ++ 😂
b: Sonnette réparée, deux parts de tarte aux prunes reçues

[a=Bureau]
a: 🔧 Dépannage urgent : boulangerie rue {rue}, plus de four depuis 5h
b: J'y suis dans quinze minutes
b: Contacteur collé, remplacé. Le four chauffe ++ 👏
a: Merci, la boulangère te fait déjà de la pub

[a=Bureau]
a: Cabinet dentaire rue {rue}, le différentiel saute à chaque stérilisation
b: Je passe à {heure}
b: Résistance de l'autoclave à la masse, circuit isolé, devis à faire
a: Devis envoyé ++ ✅

[a=Bureau]
a: Copropriété rue {rue} : minuterie d'escalier en panne, gardienne sur place jusqu'à 17h
b: Je prends, je suis à côté ++ 👍
b: Télérupteur changé, facture à établir

[a=Bureau]
a: Borne de recharge en défaut chez le client de la rue {rue}
b: Code affiché ?
a: E-{petit}4
b: Défaut de terre, je resserre tout et je reteste ++ 🔌
`);

/** #direction: seuls la direction, le bureau et les conducteurs le voient. */
export const management = parseDialogues(`
[a=Bureau]
a: Trésorerie : deux gros règlements arrivent {jour}, on respire
b: On peut donc signer le fourgon électrique ?
c: Avec la prime, oui ++ 👍

[a=Conducteur de travaux]
a: Pénalités de retard : le maître d'ouvrage renonce, le gros œuvre en est responsable
b: Excellente nouvelle, merci pour le suivi des courriers
a: Tout était daté, ça a compté ++ 👏

[a=Direction]
# Entretiens annuels : le calendrier
a: Entretiens annuels : je propose trois par semaine à partir de {jour}
b: D'accord, je prends les chefs d'équipe
c: Et moi les apprentis, avec leurs tuteurs
a: Grille jointe au partage ++ 🙏

[a=Bureau]
a: Le sous-traitant demande un acompte de {petit}0 %, contrat à l'appui
b: Vingt au maximum, solde à la réception
c: Je rappelle et je confirme par écrit

[a=Direction]
a: Situation de travaux n° {petit} du lycée validée par le maître d'œuvre
b: Je facture aujourd'hui ++ 👍

[a=Conducteur de travaux]
a: La marge des Tilleuls glisse de deux points à cause du cuivre
b: On active la clause de révision
c: Je prépare le courrier
a: Merci, je relis avant envoi

[a=Direction]
a: Deux candidatures d'électriciens N3P2 reçues, entretiens {jour}
b: Je peux y être à {heure}
c: Pareil pour moi ++ 👍

[a=Bureau]
a: Assurance décennale : attestation renouvelée, déposée sur le partage
b: Parfait, le promoteur la réclamait
`);

/** #annonces */
export const announcements = parseDialogues(`
[a=Direction]
a: 🎓 Bastien a décroché son titre professionnel avec mention. Toute l'entreprise est fière de lui ! ++ 🎉 👏

[a=Bureau]
a: 🗓️ Fermeture du dépôt le vendredi du pont. L'astreinte reste assurée, numéro habituel. ++ 👍

[a=Direction]
a: 🌱 Nous passons au tri des chutes de câble sur tous les chantiers. Les bacs sont livrés {jour}, une couleur par matière. ++ ♻️ 👍

[a=Direction]
a: 🤝 Bienvenue à nos deux renforts du mois aux Tilleuls. Faites-leur visiter le dépôt, et la machine à café. ++ 👋 ☕

[a=Bureau]
a: 🦺 Nouveaux casques disponibles au magasin, les anciens sont à rapporter avant la fin du mois. ++ 👷

[a=Direction]
a: 🏗️ La clinique nous confie la seconde tranche. Merci à l'équipe courants faibles, c'est votre travail qui a convaincu. ++ 💪 🎉

[a=Direction]
a: ⚡ Certification renouvelée pour quatre ans, sans aucune remarque. Bravo à tous, et merci à {name:a} pour le dossier. ++ 👏 🎉

[a=Direction]
a: 📣 Nous avons remporté le marché de l'école Pasteur ! Démarrage dans six semaines. Bravo au bureau d'études. ++ 🎉 👏 💪

[a=Direction]
a: 🦺 Quart d'heure sécurité {jour} à 7h15 au dépôt, présence de tous. Thème : travail en hauteur. ++ 👍

[a=Bureau]
a: 📄 Les fiches de paie sont disponibles dans vos coffres. Les primes de panier du mois y figurent. ++ 🙏

[a=Direction]
a: 🚐 Deux nouveaux fourgons arrivent {jour}. Merci de vider et nettoyer les 2 et 4 avant l'échange. ++ 👏 🙌
`);
