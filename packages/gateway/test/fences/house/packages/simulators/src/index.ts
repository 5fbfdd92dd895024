// caught by: nothing
import { greeting } from '@lango/wire'
import { fastify } from 'fastify'

export const phone = fastify
export const answer = greeting
