import { conclude, FORMAT, LINT_CHANGED, runSteps, TESTS, TYPES } from './steps.ts'

/** `npm run check`: to run before every push. Needs no Electron. The tests take longest, so they start first. */
conclude(await runSteps([TESTS, LINT_CHANGED, TYPES, FORMAT], { atOnce: 2 }))
