import { parseDialogues } from '../dialogue.js';

/** #général, la suite: la vie de l'entreprise. */
export const companyLife = parseDialogues(`
[a=Direction]
# Fête de fin de chantier du lycée
a: On prépare la fête de fin de chantier du lycée, qui a des idées ?
b: Barbecue au dépôt, comme l'an dernier ++ 🍖 👍
c: Et un tournoi de pétanque, les Tilleuls contre la clinique
a: Adopté. {name:c} s'occupe des boules
b: {J'apporte|Je prends|Je fournis} les merguez ++ 🎉

[a=Apprenti]
a: Le prof demande une photo d'un tableau bien câblé, quelqu'un en a une belle ?
b: Celui du {etage} de Jean-Moulin, je te l'envoie
c: Le mien ! Enfin, celui d'avant la modification ++ 😂
a: Merci {name:b}, c'est parfait

a: {Bon anniversaire|Joyeux anniversaire} {name:b} ! 🎂
b: Merci, vous n'oubliez jamais
c: Surtout quand il y a du gâteau ++ 🎂 🎉
b: Il est au frais dans la salle de pause, servez-vous

[a=Bureau]
a: Rappel : visite médicale pour {name:b} et {name:c} {jour} à {heure}
b: Noté, je préviens mon équipe
c: Bien reçu, merci ++ 👍

a: Qui a garé le fourgon devant le portail des voisins ?
b: Deux minutes, je décharge
c: « Deux minutes » version chantier ++ 😄
b: C'est bon, c'est libéré

[a=Bureau]
a: Le nouveau site est en ligne : https://volta-electricite.example. Dites-moi s'il manque quelque chose
b: La photo de l'équipe date un peu, {name:c} avait encore des cheveux
c: Je demande un droit de réponse ++ 😂 😂

a: Panne d'Internet au dépôt, le technicien passe {jour}
b: Je partage la connexion de mon téléphone pour les bons de commande
a: Merci, tu nous sauves ++ 🙏

[a=Direction]
a: {petit} ans sans accident avec arrêt sur nos chantiers. C'est vous, bravo ! ++ 👏 💪 🦺
b: Ça mérite un petit-déjeuner
a: Il est déjà commandé pour {jour}
`);

/** #planning, la suite */
export const weekPlans = parseDialogues(`
[a=Conducteur de travaux]
# Semaine du pont : qui travaille ?
a: Pour la semaine du pont, dites-moi qui travaille et qui récupère
b: Je suis là tous les jours
c: Je récupère le vendredi, le reste présent
d: Pareil que {name:c}
a: Noté, le planning part ce soir ++ 👍

[a=Conducteur de travaux]
a: Il me faut deux personnes de plus {jour} sur {chantier}, tirage de la colonne montante
b: Je viens avec {name:c}
c: Volontaire désigné, comme d'habitude ++ 😄
a: Merci, casse-croûte offert

[a=Chef d’équipe]
a: Réunion de chantier avancée à {heure} {jour}, salle de vie
b: Je préviens le plaquiste et le chauffagiste
a: Merci. Ordre du jour : percements, cloisons, planning des essais

[a=Bureau]
a: Astreinte du week-end : {name:b}, téléphone au bureau à récupérer avant {jour} 17h
b: Je passe le prendre à {heure} ++ 📞
`);

/** #sécurité */
export const safety = parseDialogues(`
[a=Chef d’équipe]
a: Extincteur de la base vie des Tilleuls : date dépassée, je le remplace par celui du fourgon
b: J'en ai deux neufs au magasin, je t'en dépose un {jour}
a: Merci, photo de l'étiquette pour le registre ++ 👍

[a=Apprenti]
a: J'ai oublié mes lunettes au dépôt, quelqu'un en a une paire ?
b: Dans la boîte à gants, toujours
c: Et une deuxième dans la mienne. Pas de lunettes, pas de perçage
a: Compris, merci à vous deux ++ 🥽

[a=Conducteur de travaux]
a: Visite de la prévention {jour} à {heure} : rallonges, échelles, harnais, tout doit être étiqueté
b: Les échelles sont faites, il reste deux rallonges
c: Je m'en charge ce soir ++ 💪

a: Bravo à l'équipe de la clinique : zéro observation au contrôle d'hier ++ 👏 🎉
b: On a surtout bien rangé
a: Ranger, c'est la moitié du métier

[a=Conducteur de travaux]
a: 🦺 Constat du jour : deux échafaudages sans garde-corps côté {rue}. On ne monte pas tant que ce n'est pas repris
b: Vu avec l'entreprise, remise en état {jour}
a: Merci, photos au dossier ++ 👍

[a=Chef d’équipe]
a: VAT : la pile du vérificateur du camion {petit} est morte, remplacée ce matin
b: Bien. Contrôle des autres camions {jour}
c: Camion 2 et 5 : contrôlés, rien à signaler ++ ✅

[a=Apprenti, b=Chef d’équipe]
a: Question : on consigne aussi pour changer un simple va-et-vient ?
b: Toujours. Séparer, condamner, vérifier l'absence de tension. Même pour cinq minutes
a: Compris, je l'affiche dans mon carnet ++ 💪

[a=Bureau]
a!: Numéros d'urgence et fiche réflexe à jour : à imprimer pour chaque base vie
b: Affichée aux Tilleuls
c: Affichée à la clinique, version plastifiée ++ 👏

a: Coup de chaud prévu {jour}, pensez à l'eau et aux pauses
b: On commence à 6h30 pour finir tôt
c: Brumisateur dans le fourgon, ne riez pas ++ 😎

a: Presque accident : une disqueuse posée sans attendre l'arrêt du disque. Rien de cassé, mais on en parle au quart d'heure sécurité
b: Merci de l'avoir dit ++ 🙏 👍
`);

/** #devis-et-clients */
export const quotes = parseDialogues(`
[a=Bureau]
a: Appel d'offres de la médiathèque : dossier à rendre {jour} avant midi, qui relit le mémoire technique ?
b: Moi, ce soir
c: Je vérifie les quantités des luminaires
a: Merci, je dépose dès votre feu vert ++ 🙏

[a=Bureau]
a: La cliente de la rue {rue} demande des interrupteurs en laiton, comme chez sa grand-mère
b: On en trouve encore, {petit} semaines de délai
c: Et le prix de l'époque ? ++ 😄
a: Le prix d'aujourd'hui, elle est prévenue

[a=Conducteur de travaux]
a: Le promoteur des Tilleuls veut un prix pour les ombrières du parking
b: Étude solaire en cours, chiffrage {jour}
a: Parfait, je le fais patienter avec une belle simulation ++ ☀️

[a=Bureau]
a: Nouveau contact : rénovation complète d'une maison rue {rue}, 140 m², tableau d'origine
b: J'y passe {jour} à {heure} pour les relevés
a: Parfait, je prépare le dossier ++ 👍

[a=Bureau]
a: Le client de la rue {rue} a signé 🎉 acompte reçu ce matin
b: Bravo, on le planifie dans {petit} semaines
c: Je commande le tableau et les gaines

[a=Conducteur de travaux]
a: Relance pour le devis de la borne de recharge : il compare avec un concurrent
b: Rappelle-lui la garantie et la prime, c'est ce qui l'avait convaincu
a: Bien vu, je l'appelle à {heure}

[a=Bureau]
a: Avis reçu d'un client : « équipe ponctuelle, chantier propre, explications claires ». Cinq étoiles ++ ⭐ 👏 ❤️
b: C'était lequel ?
a: Le dépannage de la rue {rue}

[a=Bureau]
# Prix du câble : quelle révision ?
a: Le fournisseur annonce {petit} % sur le câble, on révise nos prix à partir de quand ?
b: Les devis envoyés restent fermes trois mois
c: Et les nouveaux à partir de lundi
a: Très bien, je mets à jour la bibliothèque ++ 👍
`);
