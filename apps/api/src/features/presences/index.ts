export { PresencesModule } from './presences.module.js';
