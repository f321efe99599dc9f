export { GuildsModule } from './guilds.module.js';
