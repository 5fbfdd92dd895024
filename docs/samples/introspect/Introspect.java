// Asks whether an access token still holds.

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

public class Introspect {
  public static void main(String[] args) throws Exception {
    Map<String, String> fields = Map.of(
        "token", env("ACCESS_TOKEN"),
        "client_id", env("CLIENT_ID"),
        "client_secret", env("CLIENT_SECRET"));

    System.out.println(post("/api/oauth/token/introspect", fields));
  }

  static String post(String path, Map<String, String> fields) throws Exception {
    String form = fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
    HttpRequest request = HttpRequest.newBuilder(URI.create(env("LANGO_URL") + path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form))
        .timeout(Duration.ofSeconds(30))
        .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    return answer.body();
  }

  static String env(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
