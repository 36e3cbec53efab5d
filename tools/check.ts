import { conclude, FORMAT, LINT, runSteps, TESTS, TYPES } from './steps.ts'

/** `npm run check`: what a person runs before every push. Needs no Electron. */
conclude(await runSteps([LINT, TYPES, TESTS, FORMAT], { atOnce: 2 }))
