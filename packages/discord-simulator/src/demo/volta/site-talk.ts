import { parseDialogues } from '../dialogue.js';

/** #chantier-lycée-jean-moulin: rénovation complète, tertiaire. */
export const lycee = parseDialogues(`
[a=Chef d’équipe, b=Conducteur de travaux]
a: Tirage terminé au {etage}, on attaque l'appareillage demain
b: Parfait. Le plaquiste libère le couloir B {jour} matin
a: Reçu, on s'organise autour ++ 👍

[a=Électricien, b=Chef d’équipe]
a: Le chemin de câbles du sous-sol croise la gaine de ventilation, il manque 8 cm
= plan sous-sol-croisement.png Le croisement, coté à la main
b: Prends une photo et les cotes, on passe en dessous avec deux coudes
a: Photos sur la tablette, cotes notées sur le plan
b^: Bien vu. Je préviens le chauffagiste ++ 👌

[a=Conducteur de travaux, b=Chef d’équipe]
a: L'architecte demande deux prises de plus en salle {salle}
b: Faisable, mais le placo est déjà fermé
a: Je le note en travaux supplémentaires, ne fais rien avant le bon signé ++ 👍

[a=Chef d’équipe]
a: Attention, coupure générale du bâtiment C {jour} de 7h à 9h pour le raccordement
b: Les élèves sont prévenus ?
a: L'intendance a affiché partout. Pensez aux balisages
c: Je prends les cônes et la rubalise au dépôt ++ 👷

[a=Électricien, b=Conducteur de travaux]
a: Les luminaires du gymnase sont arrivés, il en manque {petit}
b: Le fournisseur confirme le reliquat pour {jour}
a: Alors on commence par la partie haute ++ 💡

[a=Apprenti, b=Chef d’équipe]
a: J'ai repéré tous les circuits de la salle {salle}, le schéma est à jour
= plan schema-salle.png Le plan de la salle avec ses circuits
b: Propre. Demain tu fais le tableau divisionnaire avec moi
a: Avec plaisir chef ! ++ 💪

[a=Chef d’équipe, b=Conducteur de travaux]
a: La nacelle est en panne, vérin HS
b: Le loueur remplace demain 8h. En attendant, repli sur les locaux techniques ++ 👍
c: On prend la PIRL pour les couloirs

[a=Conducteur de travaux]
a: Compte rendu de la réunion de chantier envoyé. Point dur : le percement coupe-feu du {etage}
b: Le maçon dit qu'il n'a pas la réservation
a: Elle est sur le plan indice D, je lui renvoie
`);

/** #chantier-résidence-les-tilleuls: 42 logements neufs. */
export const tilleuls = parseDialogues(`
[a=Chef d’équipe]
a: Les appartements {petit} et {petit2} sont prêts pour le Consuel
b: GTL contrôlées ?
a: Contrôlées, étiquettes posées, terre à {ohm} ohms ++ ✅

[a=Électricien, b=Chef d’équipe]
a: Qui a la clé du local TGBT ? Je suis devant
b: Dans la boîte à clés, code habituel
a: Trouvée, merci ++ 🔑

[a=Conducteur de travaux]
a: Le promoteur avance la visite des cloisons à {jour}, il faut finir le bâtiment A avant
b: À trois on y arrive si la livraison est là demain
c: Je peux venir en renfort, le lycée est calme ++ 🙌
a: Parfait {name:c}, tu bascules demain matin

[a=Électricien, b=Apprenti]
a: {name:b}, tu as pensé aux boîtes DCL dans les chambres ?
b: Toutes posées sauf la 12, le placo n'est pas sec
a: Bien, on y repasse {jour}

[a=Chef d’équipe]
a: Dégât des eaux au {etage}, une gaine est noyée. On coupe et on remplace le tronçon
b: Photos pour l'assurance ?
a: C'est fait, datées ++ 📷
c: Je déclare cet après-midi

[a=Chef d’équipe, b=Magasinier]
a: Il me faut 200 m de gaine ICTA {diametre} pour le bâtiment B
b: En stock, je charge le camion ce soir ++ 👍
a: Nickel

[a=Électricien]
a: Interphonie raccordée, le bus répond sur tous les paliers
b: Même au {etage} ?
a: Même là, c'était un connecteur mal serti ++ 👏

[a=Conducteur de travaux, b=Chef d’équipe]
a: Réserves levées : {petit} sur 14. On garde le rythme
b: Les autres attendent le peintre
a: Noté, je relance le peintre
`);

/** #chantier-clinique-saint-roch: site occupé, courants faibles. */
export const clinique = parseDialogues(`
[a=Chef d’équipe, b=Magasinier]
a: Il me manque {petit} plastrons RJ45 blancs pour le couloir des consultations
b: Reçus ce matin, je les joins à la tournée de {heure}
a: Parfait, merci {name:b} ++ 👍

[a=Électricien]
# Baie du {etage} : repérage des liens
a: Baie du {etage} : trois liens sans repère, qui les a tirés ?
b: Nous, en mars. Ce sont les caméras du parking
c: Je passe étiqueter {jour}
a: Merci, plan mis à jour en attendant ++ 🏷️

[a=Conducteur de travaux, b=Chef d’équipe]
a: La cadre de santé demande de décaler le bruit après {heure}, consultation de sommeil
b: On passe au tirage dans les faux plafonds, c'est silencieux
a: Elle vous remercie, je transmets ++ 🙏

[a=Conducteur de travaux]
a: Rappel : site occupé, pas de perçage au {etage} entre 13h et 15h
b: Compris, on fait la baie informatique pendant ce temps ++ 👍

[a=Électricien, b=Conducteur de travaux]
a: L'onduleur du bloc bipe depuis ce matin, c'est chez nous ?
b: Batterie en fin de vie, la maintenance est prévenue. On ne touche à rien
a: OK je balise

[a=Chef d’équipe]
a: {petit} prises RJ45 recettées, toutes en classe Ea
b: Le rapport du testeur est où ?
a: Sur le partage, dossier recette
b: Merci, je l'envoie au client ++ ✅

[a=Chef d’équipe]
a: Essai du groupe électrogène {jour} à 6h, il me faut deux personnes
b: J'en suis
c: Moi aussi, café fourni ? ++ ☕
a: Café et croissants

[a=Électricien]
a: L'appel malade de la chambre {salle} ne remonte pas
b: Vérifie l'adressage, on a eu le même cas hier au {etage}
a: C'était ça, deux modules à la même adresse ++ 💡

[a=Conducteur de travaux]
a: La commission de sécurité passe {jour}. BAES, coupures, plans dans le coffret : tout doit être à jour
b: BAES testés ce matin, un bloc à remplacer
c: Plans imprimés, je les plastifie
a*: Merci à tous, rendez-vous {heure} sur place ++ 💪
`);
