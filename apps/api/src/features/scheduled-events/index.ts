export { ScheduledEventsModule } from './scheduled-events.module.js';
