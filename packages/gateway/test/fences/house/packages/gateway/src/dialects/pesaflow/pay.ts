// caught by: nothing
import { Type } from 'typebox'
import { greeting } from '@lango/wire'
import { payPage } from '../../pages/pay-page.ts'

export const pay = { schema: Type.String(), greeting, page: payPage }
