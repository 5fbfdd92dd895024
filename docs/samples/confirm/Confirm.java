// A bank reports a payment. If the answer is lost, send the very same report again.
// TRANSACTION_DATE is Nairobi time, like 2026-11-22 14:30:00.

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

public class Confirm {
  public static void main(String[] args) throws Exception {
    Map<String, String> payment = new LinkedHashMap<>();
    payment.put("api_client_id", env("API_CLIENT_ID"));
    payment.put("ref_no", env("REF_NO"));
    payment.put("amount", env("AMOUNT"));
    payment.put("currency", env("CURRENCY"));
    payment.put("gateway_transaction_id", env("TRANSACTION_ID"));
    payment.put("gateway_transaction_date", env("TRANSACTION_DATE"));
    payment.put("customer_name", env("CLIENT_NAME"));
    payment.put("customer_account_number", env("CUSTOMER_ACCOUNT"));
    payment.put("secure_hash", secureHash(
        payment.get("api_client_id"), payment.get("ref_no"), payment.get("amount"),
        payment.get("currency"), payment.get("gateway_transaction_id"), payment.get("gateway_transaction_date"),
        payment.get("customer_name"), payment.get("customer_account_number")));

    System.out.println(post("/api/payment/confirm", payment));
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
