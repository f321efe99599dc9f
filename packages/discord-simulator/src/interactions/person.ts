/** What people do with applications. */
export { availableCommands, runCommand, runContextMenu } from './commands.js';
export { useComponent } from './component-use.js';
export { submitModal } from './modal-use.js';
export {
  type CommandUse,
  type ComponentUse,
  type ContextMenuUse,
  type FieldValue,
  type GivenFile,
  ImpossibleAction,
  type ModalUse,
  type OptionValue,
} from './use.js';
