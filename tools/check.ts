import { conclude, FORMAT, LINT_CHANGED, runSteps, TESTS, TYPES } from './steps.ts'

/** `npm run check`: what a person runs before every push. Needs no Electron. The tests take longest: they begin first. */
conclude(await runSteps([TESTS, LINT_CHANGED, TYPES, FORMAT], { atOnce: 2 }))
