export { ChannelsIngest } from './channels.ingest.js';
export { ChannelsModule } from './channels.module.js';
