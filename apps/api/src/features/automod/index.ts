export { AutomodModule } from './automod.module.js';
