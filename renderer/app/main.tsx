import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { receiveMachines } from '../state/page-machines.ts'
import { connect } from './connect.ts'

receiveMachines()
connect()
createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
