-- For wrk: the same request again and again, from METHOD, API_KEY and BODY; then one line, for a program to read:
-- requests errors p50_us p99_us max_us errors_by_kind
wrk.method = os.getenv("METHOD") or "GET"
wrk.headers["X-API-Key"] = os.getenv("API_KEY")
local body = os.getenv("BODY")
if body and body ~= "" then
    wrk.body = body
    wrk.headers["Content-Type"] = "application/json"
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format("counted %d %d %d %d %d connect=%d,read=%d,write=%d,status=%d,timeout=%d\n", summary.requests,
        e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99),
        latency.max, e.connect, e.read, e.write, e.status, e.timeout))
end
