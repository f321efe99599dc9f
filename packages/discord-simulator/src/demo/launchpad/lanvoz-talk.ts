import { parseDialogues } from '../dialogue.js';

/** #lanvoz-interne: biscuits de Bretagne. */
export const lanvozInternal = parseDialogues(`
[a=Producer]
a: Qui a mangé l'échantillon numéro 3 ? C'était celui de la photo
b: Il avait l'air si seul
c: Il en reste un, je le cache ++ 🍪 😂

[a=Strategist]
a: Insight for Lanvoz: people hide the box from their own children
b: c'est toute la campagne
c: « À partager (ou pas) » ++ 🔥 👏
a: writing it down before somebody else does

[a=Designer]
a: Le bleu du coffret : plutôt ciel d'avril ou volet de longère ?
b: Volet, sans hésiter
c: Volet un peu passé ++ 💙

[a=Copywriter]
a: Pour Lanvoz, je propose : « Le beurre, le sel, le vent »
b: Trois mots et j'ai faim
c: On peut garder « le vent » sur l'emballage ?
a: Oui, au dos, près des ingrédients ++ 😄 👏

[a=Designer]
a: Boîte collector Lanvoz : le phare en relief ou en dorure ?
b: Relief, la dorure fait parfumerie
c: Relief et une seule couleur, très simple
a: Vendu, je lance l'épreuve ++ 🏠

[a=Producer]
# Tournage à la biscuiterie
a: Tournage à la biscuiterie {day}, départ à 5h30, qui conduit ?
b: Moi à l'aller, je dors au retour
c: Je prends le matériel son
d: Et qui surveille que {name:b} ne mange pas les accessoires ?
b: Personne ne peut rien promettre ++ 🍪 😂

[a=Copywriter, b=Designer]
a: « Palets », « galettes » ou « sablés » ? Le client utilise les trois
b: Sur la photo ce sont des palets
a: Alors palets partout, je corrige les légendes ++ 👍
`);

/** #lanvoz-partage: avec le client. */
export const lanvozShared = parseDialogues(`
[a=Client, b=Designer]
a: Le facteur a demandé d'où venait la jolie boîte posée à l'accueil
b: Un avis de facteur vaut trois études
a: Il est reparti avec deux boîtes ++ 🍪 😄

[a=Client, b=Producer]
a: Nous avons reçu une commande de {hundreds} coffrets pour un comité d'entreprise, l'imprimeur suivra-t-il ?
b: Je l'ai eu à l'instant : livraison avancée à {day}
a: Vous êtes formidables, merci ++ 🙏 🎉

[a=Strategist, b=Client]
a: Pour l'été, une petite boîte de voyage vous tenterait-elle ? Format poche, douze palets
b: Ma mère propose treize, « pour celui qu'on mange en route »
a: Treize, évidemment ++ ❤️ 😂

[a=Client, b=Producer]
a: L'atelier a cassé un lot de palets, pouvons-nous montrer les morceaux ? Ils sont bons quand même
b: Excellente idée : une série « les imparfaits », photographiés demain
a: Ma mère approuve, elle les préfère ainsi ++ 🍪 ❤️

[a=Producer, b=Client]
a: Les affiches seront posées {day} à Brest, Quimper et Lorient
b: Nous ferons le tour en camionnette pour les voir toutes
c: Photos exigées ! ++ 📸 😄

[a=Client, b=Copywriter]
a: Faut-il vraiment traduire « kouign » dans le texte anglais ?
b: Non. On laisse le mot, et on montre le gâteau
a: Merci, c'est toute notre philosophie ++ 👏

[a=Client, b=Producer]
a: Bonjour à tous, la nouvelle cuisson donne une couleur plus dorée, est-ce gênant pour les photos déjà faites ?
b: Pas du tout, nous ajustons la teinte de deux visuels
a: Parfait, merci pour votre réactivité ++ 🙏

[a=Client, b=Copywriter]
a: Ma mère a lu le texte du coffret et elle a pleuré. C'est bon signe, je crois
b: C'est le plus beau retour de l'année ++ ❤️ 😭
c: On l'encadre au studio

[a=Designer, b=Client]
# Validation du coffret
a: Le coffret en version {version} : https://review.launchpad.example/{doc}
= poster coffret-phare.png Le couvercle du coffret, avec le phare
b: Très beau. Le nom du phare est-il lisible en petit ?
a: Agrandi d'un point, et légèrement plus foncé
b: Alors c'est validé pour nous ++ ✅ 🎉
c: Merci ! Fichiers à l'imprimeur {day}

[a=Strategist, b=Client]
a: Premiers retours de la campagne : {hundreds} commandes du coffret en une semaine
b: L'atelier tourne le samedi, on ne s'en plaint pas ++ 🍪 🎉
`);
