-- Packed, as a browser asks for it; at the end the time within which 95 of 100 answers came.
wrk.headers["Accept-Encoding"] = "br, gzip"
done = function(summary, latency, requests)
  io.write(string.format("p95 %.3f\n", latency:percentile(95.0) / 1000))
end
