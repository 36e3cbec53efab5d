import {
  BUILD,
  conclude,
  END_TO_END,
  FORMAT,
  LINT,
  PACKAGE,
  runSteps,
  type Step,
  TESTS,
  TYPES,
} from './steps.ts'
import { ensureRuntime, say } from './runtime/ensure-runtime.ts'

/** `npm test`: everything. Nothing else runs beside the end-to-end tests, of which two run at once. */

const runtime: Step = {
  name: 'runtime',
  async run() {
    const { note } = await ensureRuntime({ forTests: true })
    if (note !== null) say(note)
    return { passed: 1, failed: 0, output: '' }
  },
}
const first = await runSteps([runtime, BUILD], { atOnce: 1 })
const checks = await runSteps([TESTS, LINT, TYPES, FORMAT], { atOnce: 2 })
const last = await runSteps([PACKAGE, END_TO_END], { atOnce: 1 })
const all = [first, checks, last]
conclude({
  passed: all.reduce((sum, counts) => sum + counts.passed, 0),
  failed: all.reduce((sum, counts) => sum + counts.failed, 0),
})
