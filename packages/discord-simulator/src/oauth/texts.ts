const english = {
  lang: 'en',
  title: 'Sign in with the local Discord',
  intro: (app: string) => `${app} would like to know who you are.`,
  choose: 'Who are you?',
  search: 'Search people',
  nobody: 'Nobody goes by that name.',
  noGuild: 'In no guild',
  owner: 'Owner',
  administrator: 'Administrator',
  wants: (app: string) => `This lets ${app}`,
  authorize: 'Authorize',
  cancel: 'Cancel',
  returnsTo: (host: string) => `Afterwards you return to ${host}`,
  local: 'A simulated Discord on this machine. Nothing here is real, and no password is needed.',
  scopes: {
    identify: 'see your username and avatar',
    email: 'see your email address',
    guilds: 'know which guilds you are in',
  } as Record<string, string>,
  errorTitle: 'This sign-in cannot go on',
  problems: {
    client_id: 'The application is unknown here. Check DISCORD_CLIENT_ID on both sides.',
    redirect_uri: 'The redirect URI is not registered for this application. Check DISCORD_CALLBACK_URL on both sides.',
    scope: 'A requested scope is missing or unknown.',
    request: 'The request is incomplete or malformed: response_type has to be "code", PKCE has to use S256.',
    decision: 'Please choose Authorize or Cancel.',
    person: 'Please choose one of the people in the list.',
  } as Record<string, string>,
};

export type Texts = typeof english;

const french: Texts = {
  lang: 'fr',
  title: 'Se connecter avec le Discord local',
  intro: (app) => `${app} aimerait savoir qui vous êtes.`,
  choose: 'Qui êtes-vous ?',
  search: 'Rechercher une personne',
  nobody: 'Personne ne porte ce nom.',
  noGuild: 'Dans aucun serveur',
  owner: 'Propriétaire',
  administrator: 'Administrateur',
  wants: (app) => `Ceci permet à ${app} de`,
  authorize: 'Autoriser',
  cancel: 'Annuler',
  returnsTo: (host) => `Vous reviendrez ensuite sur ${host}`,
  local: 'Un Discord simulé sur cette machine. Rien n’est réel ici, et aucun mot de passe n’est nécessaire.',
  scopes: {
    identify: 'voir votre nom d’utilisateur et votre avatar',
    email: 'voir votre adresse e-mail',
    guilds: 'savoir de quels serveurs vous êtes membre',
  },
  errorTitle: 'Cette connexion ne peut pas continuer',
  problems: {
    client_id: 'L’application est inconnue ici. Vérifiez DISCORD_CLIENT_ID des deux côtés.',
    redirect_uri:
      'L’URI de redirection n’est pas enregistrée pour cette application. Vérifiez DISCORD_CALLBACK_URL des deux côtés.',
    scope: 'Une autorisation demandée manque ou est inconnue.',
    request: 'La requête est incomplète ou mal formée : response_type doit valoir « code », PKCE doit utiliser S256.',
    decision: 'Choisissez Autoriser ou Annuler.',
    person: 'Choisissez une des personnes de la liste.',
  },
};

/** French where the browser prefers it to English. */
export function textsFor(acceptLanguage: string | undefined): Texts {
  const first = (acceptLanguage ?? '').split(',').map((it) => it.trim().slice(0, 2).toLowerCase());
  return first.find((it) => it === 'fr' || it === 'en') === 'fr' ? french : english;
}
