// Where the client starts: the tokens, the language and mode kept on this device, then the face for the address.
import './olderBrowsers.ts'
import './kit/tokens.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { applyKeptMode } from './kit/mode.ts'
import { Routes } from './routes.tsx'

applyKeptMode()

const hall = document.getElementById('hall')
if (hall === null) throw new Error('the page has no place for the hall')
createRoot(hall).render(
  <StrictMode>
    <Routes />
  </StrictMode>,
)
