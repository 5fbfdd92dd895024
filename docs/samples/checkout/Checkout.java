// Raises an invoice: prints its number, the link to its page and its amounts.

import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

public class Checkout {
  public static void main(String[] args) throws Exception {
    Map<String, String> order = new LinkedHashMap<>();
    order.put("apiClientID", env("API_CLIENT_ID"));
    order.put("serviceID", env("SERVICE_ID"));
    order.put("billRefNumber", env("BILL_REF"));
    order.put("billDesc", env("BILL_DESC"));
    order.put("clientName", env("CLIENT_NAME"));
    order.put("clientIDNumber", env("CLIENT_ID_NUMBER"));
    order.put("clientMSISDN", env("PHONE"));
    order.put("clientEmail", env("EMAIL"));
    order.put("currency", env("CURRENCY"));
    order.put("amountExpected", env("AMOUNT"));
    order.put("notificationURL", env("NOTIFICATION_URL"));
    order.put("callBackURLOnSuccess", env("CALLBACK_URL"));
    order.put("format", "json");
    order.put("secureHash", secureHash(
        order.get("apiClientID"), order.get("amountExpected"), order.get("serviceID"),
        order.get("clientIDNumber"), order.get("currency"), order.get("billRefNumber"),
        order.get("billDesc"), order.get("clientName")));

    System.out.println(post("/api/PaymentAPI/checkout", order));
  }

  /** base64 of the lower-case hex of the HMAC. */
  static String secureHash(String... values) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(env("KEY").getBytes(UTF_8), "HmacSHA256"));
    byte[] digest = mac.doFinal((String.join("", values) + env("SECRET")).getBytes(UTF_8));
    String hex = String.format("%064x", new BigInteger(1, digest));
    return Base64.getEncoder().encodeToString(hex.getBytes(UTF_8));
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
