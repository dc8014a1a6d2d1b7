// `npm start`: builds what is missing or older than its sources, then runs the built hall.
import { pathToFileURL } from 'node:url'
import { builtClient, builtServer } from './built.mjs'

builtClient()
await import(pathToFileURL(builtServer()).href)
