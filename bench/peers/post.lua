-- SPDX-License-Identifier: Apache-2.0
-- wrk: bodies of ten megabytes.

wrk.method = "POST"
wrk.body = string.rep("x", 10 * 1000 * 1000)
