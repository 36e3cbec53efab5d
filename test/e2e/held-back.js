#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { argv, env, exit, stderr } from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'

// Stands in for a packaged program. Playwright cannot hold one back until it has attached, and if it attaches while the window
// goes to its page, it waits for that page for ever. So where to attach is said once the page is there.
const program = spawn(env.STRIKELINE_HELD_BACK, argv.slice(2), {
  stdio: ['inherit', 'inherit', 'pipe'],
})
program.on('exit', (code) => exit(code ?? 1))
for await (const line of createInterface(program.stderr)) {
  const host = /^DevTools listening on ws:\/\/([^/]+)/.exec(line)?.[1]
  if (host !== undefined) await pageOf(host)
  stderr.write(`${line}\n`)
}

/* global fetch */
async function pageOf(host) {
  for (;;) {
    const targets = await (await fetch(`http://${host}/json/list`)).json()
    if (targets.some(({ type, title }) => type === 'page' && title !== '')) return
    await pause(50)
  }
}
