import { executeSamples } from './execute.ts'
import { languages } from './languages.ts'

executeSamples(languages.typescript)
