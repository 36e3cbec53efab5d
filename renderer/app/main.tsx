import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import type { Begun } from './boot.ts'
import { connect } from './connect.ts'

/** Puts the program into its page. */
export function show(begun: Begun): void {
  connect(begun)
  createRoot(document.getElementById('app')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
