// Asks who signed in.

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;

public class UserInfo {
  public static void main(String[] args) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(env("LANGO_URL") + "/api/userinfo"))
        .header("Authorization", "Bearer " + env("ACCESS_TOKEN"))
        .timeout(Duration.ofSeconds(30))
        .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    System.out.println(answer.body());
  }

  static String env(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
