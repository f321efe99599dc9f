export { InstanceModule } from './instance.module.js';
