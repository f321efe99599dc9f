// Lets a process of its own run our sources, as Vitest does:
// `node --conditions=guildhall:source --experimental-transform-types --import <this file> …`
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    const isSource = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
    return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
